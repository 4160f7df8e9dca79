package io.drawdown.billing.domain;

/**
 * One object in Stripe.
 *
 * @param kind what it is
 * @param id Stripe's id of it, unique over all kinds
 */
public record ObjectRef(ObjectKind kind, String id) {}
