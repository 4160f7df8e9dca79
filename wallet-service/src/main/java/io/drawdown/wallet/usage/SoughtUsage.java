package io.drawdown.wallet.usage;

/**
 * A usage event that is looked for where it stands.
 *
 * @param partition of usage.events.v1
 * @param offset its place there
 */
record SoughtUsage(int partition, long offset, UsageName name) {}
