/**
 * Corrections of past usage: asked for here, decided by the gate, shown here.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A request is recorded, with who asks and why, before it is sent; its record is never changed.
 *   <li>What has been corrected is recorded with what counted before and what counts after, in the transaction in which it
 *       changes the totals.
 *   <li>A request that is repeated, for whatever reason, counts once: its id is the gate's.
 *   <li>202 means that the request is in usage.events.v1. Whether it counts is decided there, in the order of the log.
 * </ul>
 */
@NullMarked
package io.drawdown.usage.correction;

import org.jspecify.annotations.NullMarked;
