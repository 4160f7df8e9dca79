package io.drawdown.billing.domain;

/** A product as Stripe has just shown it. */
public record ProductSnapshot(String productId, String name, boolean active, boolean deleted) {}
