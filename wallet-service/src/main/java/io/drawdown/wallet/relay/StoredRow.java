package io.drawdown.wallet.relay;

import io.drawdown.wallet.store.StoredEvent;
import java.time.Instant;

/**
 * One event as the store holds it.
 *
 * @param place in the order of the whole store
 * @param metaData what the event's cause has left with it, as stored
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
record StoredRow(long place, String id, String walletId, Instant at, StoredEvent event, byte[] metaData) {}
