package io.drawdown.crm.catalog.domain;

/** How a price is charged. */
public enum PriceKind {
    /** A kind that this version does not know. */
    UNKNOWN,
    /** Once, when bought. */
    ONE_OFF,
    /** Each period, for a number of licences. */
    LICENSED,
    /** For what a meter counted. */
    METERED
}
