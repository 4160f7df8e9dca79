package io.drawdown.wallet.domain;

/** An event that a wallet has decided on, and the wallet after it. */
public record Step(WalletEvent event, WalletState after) {}
