/**
 * Usage into draw-downs: reads {@code usage.accepted.v1} in batches, rates, and draws down all touched wallets in one
 * transaction per batch.
 *
 * <p>What always holds:
 *
 * <ul>
 *   <li>A source position is drawn down once, however often it is delivered: how far each partition has been handled is
 *       stored in the transaction of its draw-downs, and moved by compare-and-set, so a displaced instance writes nothing.
 *   <li>The stored position decides where reading begins, not the consumer group's offset.
 *   <li>Positions are those of the topics whose ids are stored with them; of others nothing is drawn down.
 *   <li>Usage that cannot be rated or has no wallet is parked, in the same transaction, and drawn down when it can be:
 *       deleting it and drawing it down is one transaction too.
 *   <li>A correction stands in the order of its partition and ends the batch before it: what it corrects has been recorded,
 *       parked or put aside. It finds the usage by its position.
 *   <li>Nothing waits behind a poison record: it goes to the dead letters before the batch is recorded. Usage that can be read
 *       and not be recorded is parked, and only what follows of its own account waits behind it.
 * </ul>
 */
@NullMarked
package io.drawdown.wallet.usage;

import org.jspecify.annotations.NullMarked;
