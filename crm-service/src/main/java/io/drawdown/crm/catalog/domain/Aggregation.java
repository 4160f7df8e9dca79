package io.drawdown.crm.catalog.domain;

/** How the values of a meter's events become a total. */
public enum Aggregation {
    /** A formula that this version does not know. */
    UNKNOWN,
    SUM,
    COUNT,
    LAST
}
