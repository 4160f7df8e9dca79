package io.drawdown.wallet;

/** Keeps every rule. */
public final class Ledger {}
