package io.drawdown.sandbox.meter;

import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Clocks;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Which events count. */
final class MeterRules {

    private static final long OLDEST_SECONDS = 35 * 24 * 60 * 60L;
    private static final long AHEAD_SECONDS = 5 * 60L;
    private static final int MAX_DIGITS = 15;
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)");

    private MeterRules() {}

    static Verdict judge(Transaction tx, MeterEvent event) {
        var meter = meterOf(tx, event.eventName());
        if (meter == null) {
            return new Verdict.Fault(
                    "no_meter", "No meter found for event name '" + event.eventName() + "'.", "event_name", null);
        }
        return "active".equals(Json.string(meter, "status"))
                ? judge(tx, event, meter)
                : new Verdict.Fault(
                        "archived_meter",
                        "The meter for event name '" + event.eventName() + "' is inactive: reactivate it.",
                        "event_name",
                        null);
    }

    /** The active meter of that name, else the newest inactive one. */
    private static @Nullable ObjectNode meterOf(Transaction tx, String eventName) {
        var named = tx.work().all(Meters.TYPE.name(), Condition.is("event_name", eventName));
        return named.stream()
                .filter(meter -> "active".equals(Json.string(meter, "status")))
                .findFirst()
                .orElse(named.isEmpty() ? null : named.getFirst());
    }

    private static Verdict judge(Transaction tx, MeterEvent event, ObjectNode meter) {
        var key = Json.need(meter, "customer_mapping.event_payload_key");
        var id = Json.string(event.payload(), key);
        if (id == null || id.isEmpty()) {
            return fault(
                    meter,
                    "meter_event_no_customer_defined",
                    "The payload has no customer under '" + key + "'.",
                    "payload." + key);
        }
        var customer = tx.find(Customers.TYPE, id);
        if (customer == null || Json.flag(customer, "deleted")) {
            return fault(meter, "meter_event_customer_not_found", "No such customer: '" + id + "'", "payload." + key);
        }
        var untimely = untimely(event, meter, timeOf(tx, customer, event.received()));
        return untimely == null ? valued(event, meter, id) : untimely;
    }

    /** Now, on the test clock of the customer that the payload names, if there is one. */
    static long timeOf(Transaction tx, String eventName, ObjectNode payload) {
        long outside = tx.moment().outside();
        var meter = meterOf(tx, eventName);
        var id = meter == null ? null : Json.string(payload, Json.need(meter, "customer_mapping.event_payload_key"));
        var customer = id == null ? null : tx.find(Customers.TYPE, id);
        return customer == null ? outside : timeOf(tx, customer, outside);
    }

    private static long timeOf(Transaction tx, ObjectNode customer, long outside) {
        var id = Json.string(customer, "test_clock");
        var clock = id == null ? null : tx.find(Clocks.TYPE, id);
        return clock == null ? outside : Json.number(clock, "frozen_time", outside);
    }

    private static Verdict.@Nullable Fault untimely(MeterEvent event, ObjectNode meter, long now) {
        if (event.timestamp() > now + AHEAD_SECONDS) {
            return fault(
                    meter,
                    "timestamp_in_future",
                    "The timestamp must be at most 5 minutes in the future. Received " + event.timestamp() + ".",
                    "timestamp");
        }
        if (event.timestamp() < now - OLDEST_SECONDS) {
            return fault(
                    meter,
                    "timestamp_too_far_in_past",
                    "The timestamp must be within the past 35 calendar days. Received " + event.timestamp() + ".",
                    "timestamp");
        }
        return null;
    }

    /** A meter that counts needs no value. */
    private static Verdict valued(MeterEvent event, ObjectNode meter, String customer) {
        var series = new Series(Json.need(meter, "id"), Formula.of(meter), customer);
        var key = Json.need(meter, "value_settings.event_payload_key");
        var text = Json.string(event.payload(), key);
        if (text == null && series.formula() == Formula.COUNT) {
            return new Verdict.Good(series, BigDecimal.ONE);
        }
        if (text == null || !NUMBER.matcher(text).matches()) {
            return fault(
                    meter,
                    "meter_event_invalid_value",
                    "The value in the event payload under '" + key + "' must be a number. Received " + text + ".",
                    "payload." + key);
        }
        var value = new BigDecimal(text);
        return digits(value) > MAX_DIGITS
                ? fault(
                        meter,
                        "meter_event_value_too_many_digits",
                        "The value in the event payload can have at most " + MAX_DIGITS + " digits. Received " + text
                                + ".",
                        "payload." + key)
                : new Verdict.Good(series, value);
    }

    /** Places that an exact sum has to keep: zeros before the whole part and after the fraction do not count. */
    private static int digits(BigDecimal value) {
        var plain = value.stripTrailingZeros();
        return plain.scale() < 0 ? plain.precision() - plain.scale() : Math.max(plain.precision(), plain.scale());
    }

    private static Verdict.Fault fault(ObjectNode meter, String code, String message, String param) {
        return new Verdict.Fault(code, message, param, Json.need(meter, "id"));
    }
}
