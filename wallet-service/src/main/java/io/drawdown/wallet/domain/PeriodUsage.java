package io.drawdown.wallet.domain;

/**
 * What usage of a period has come to.
 *
 * @param burned what all of it together has burned, at the price of its total
 */
record PeriodUsage(RunningTotal total, Burned burned) {}
