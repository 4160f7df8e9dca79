package io.drawdown.wallet.domain;

/** What one grant gave to a draw-down; the amount is positive. */
public record Allocation(GrantId grantId, Money amount) {}
