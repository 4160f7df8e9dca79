package io.drawdown.wallet.domain;

import org.jspecify.annotations.Nullable;

/**
 * Credit that is about to be granted, bought or given.
 *
 * @param grant with its worth as remainder
 */
record Credit(Grant grant, Money costBasis, @Nullable Rollover rollover, GrantCause cause) {}
