/**
 * Meters and usage: what is counted, by which name, in which way, and how much of it each customer has used.
 *
 * <ul>
 *   <li>An event name belongs to at most one active meter.
 *   <li>An identifier is taken for 24 hours, and so long its event can be cancelled.
 *   <li>That an event is accepted does not mean that it is counted: that comes later, and what cannot count then is told
 *       by error reports.
 *   <li>Amounts are exact decimals; whoever bills a period gets what was used in its very seconds.
 * </ul>
 */
@NullMarked
package io.drawdown.sandbox.meter;

import org.jspecify.annotations.NullMarked;
