package io.drawdown.usage.domain;

import java.time.Instant;
import java.util.Map;

/**
 * How much was used, and when.
 *
 * @param value in the meter's unit, a plain decimal numeral that is not negative
 * @param dimensions the event's data without the value
 */
public record Measure(String value, Instant occurredAt, Map<String, String> dimensions) {}
