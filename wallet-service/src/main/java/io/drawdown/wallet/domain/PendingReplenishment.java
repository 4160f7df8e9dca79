package io.drawdown.wallet.domain;

import java.time.Instant;

/** A top-up that has been asked for and has not ended. */
public record PendingReplenishment(ReplenishmentId id, Money amount, Instant requestedAt) {}
