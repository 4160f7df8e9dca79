/**
 * What is known of accounts and meters, kept in memory from crm.accounts.v1 and catalog.meters.v1.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Nothing is judged before both topics were read to their end.
 *   <li>An account's id is found before another account's external key of the same text; an active meter before one that
 *       was switched off.
 *   <li>A name that is unknown may have been written moments ago: it is looked for again while the event is younger
 *       than the grace, and events that are older, or whose names are known, never wait.
 * </ul>
 */
@NullMarked
package io.drawdown.usage.directory;

import org.jspecify.annotations.NullMarked;
