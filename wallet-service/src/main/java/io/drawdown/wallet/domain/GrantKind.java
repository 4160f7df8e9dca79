package io.drawdown.wallet.domain;

/** Whether credit was bought or given. The order is the burn order: given credit is spent before bought credit. */
public enum GrantKind {
    PROMOTIONAL,
    PAID
}
