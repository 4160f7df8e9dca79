package io.drawdown.crm.catalog.domain;

import java.time.Instant;

/**
 * That a price rates a meter's usage.
 *
 * @param productId the price's product
 * @param effectiveAt for usage that occurred from this instant on, inclusive, until the next mapping's
 */
public record PriceMapping(String priceId, String productId, Instant effectiveAt) {}
