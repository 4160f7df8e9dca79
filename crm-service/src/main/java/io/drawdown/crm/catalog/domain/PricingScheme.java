package io.drawdown.crm.catalog.domain;

/** How a price's amount depends on the quantity. */
public enum PricingScheme {
    /** A scheme that this version does not know. */
    UNKNOWN,
    PER_UNIT,
    PACKAGE,
    GRADUATED,
    VOLUME
}
