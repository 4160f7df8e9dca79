/**
 * Projections for people: what was billed, collected and recognised, and what is in the wallets.
 *
 * <p>Owns no fact. Everything is made from the topics and can be made again from them. Invariants:
 *
 * <ul>
 *   <li>a projection and the position that it has reached on each partition change in one transaction, so that a repeat
 *       changes nothing and a restart misses nothing;
 *   <li>made again from the beginning, every table holds the same rows;
 *   <li>amounts are exact decimals, never added across currencies;
 *   <li>every report says how old it is and whether something is missing.
 * </ul>
 */
@NullMarked
package io.drawdown.reporting;

import org.jspecify.annotations.NullMarked;
