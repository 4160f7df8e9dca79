package io.drawdown.wallet.domain;

import java.time.Instant;

/**
 * What every event of a wallet says about itself.
 *
 * @param sequence its place in the wallet's history, from 0, without gaps
 * @param recordedAt when the ledger wrote it, to the millisecond
 */
public record EventHeader(WalletId walletId, AccountId accountId, long sequence, Instant recordedAt) {}
