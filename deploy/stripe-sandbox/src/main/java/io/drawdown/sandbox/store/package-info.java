/**
 * Where everything the sandbox knows is kept: in memory, and in a journal when there is a data folder.
 *
 * <ul>
 *   <li>One writer at a time: a {@link io.drawdown.sandbox.store.Work} sees and changes a consistent state, and either
 *       all of it stays or none.
 *   <li>A work is in the journal, as one checked record, before anybody is told of it. A process that is killed loses
 *       nothing it has answered; a half-written last record is dropped at the next start. A machine that loses power
 *       may lose the last seconds, unless each work is flushed to the disk.
 *   <li>When more of the journal is dead than alive it is rewritten, while everybody waits: some tenths of a second for
 *       every hundred megabytes that are alive.
 *   <li>Objects are kept packed, because a development machine has many of them and little memory to spare; those that were
 *       there at the start stay in the file.
 *   <li>What is due first, on which test clock, is found without looking at the rest: {@link io.drawdown.sandbox.store.Due}.
 * </ul>
 */
@NullMarked
package io.drawdown.sandbox.store;

import org.jspecify.annotations.NullMarked;
