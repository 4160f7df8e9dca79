package io.drawdown.wallet.domain;

import java.time.Instant;

/**
 * A top-up that has been asked for and has not ended.
 *
 * @param manual whether somebody asked for it, and not the wallet by itself
 */
public record PendingReplenishment(ReplenishmentId id, Money amount, Instant requestedAt, boolean manual) {}
