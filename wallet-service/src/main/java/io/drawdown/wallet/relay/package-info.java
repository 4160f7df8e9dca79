/**
 * The relay: every wallet event from the event store to {@code wallet.events.v1}.
 *
 * <p>The event store is the outbox. What always holds:
 *
 * <ul>
 *   <li>An event is sent after its commit, at least once, also one whose transaction took long; the place moves only when
 *       the broker has acknowledged it.
 *   <li>A wallet's events stand on one partition in the order of their sequence; repeats carry the same sequence.
 *   <li>The stored bytes are the sent bytes: nothing is decoded on the way.
 *   <li>One instance relays at a time; another takes over when it stops.
 *   <li>Nothing is sent over a database that lacks what has been published: its sequences would mean other events.
 * </ul>
 */
@NullMarked
package io.drawdown.wallet.relay;

import org.jspecify.annotations.NullMarked;
