package io.drawdown.billing.domain;

/** Where an invoice stands in Stripe; DELETED is a draft that is no more. */
public enum InvoiceStatus {
    UNKNOWN,
    DRAFT,
    OPEN,
    PAID,
    VOID,
    UNCOLLECTIBLE,
    DELETED
}
