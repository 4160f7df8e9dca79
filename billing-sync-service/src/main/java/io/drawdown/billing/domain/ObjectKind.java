package io.drawdown.billing.domain;

/** The kinds of Stripe objects whose state Drawdown keeps and publishes. */
public enum ObjectKind {
    CUSTOMER,
    PRODUCT,
    PRICE,
    METER,
    INVOICE,
    PAYMENT,
    REFUND,
    DISPUTE,
    CREDIT_NOTE
}
