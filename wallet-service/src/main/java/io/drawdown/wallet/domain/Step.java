package io.drawdown.wallet.domain;

/** An event of a decision, and the wallet after it. */
public record Step(WalletEvent event, WalletState after) {}
