/**
 * The event store: wallet events in PostgreSQL, through Axon.
 *
 * <p>What is stored is the public record of {@code wallet.events.v1} in Avro binary, under its full name and a revision.
 * The relay therefore copies bytes, and the stored form evolves under the same rule as the wire: every old reader and
 * writer survives (docs/decisions/0010-stored-form.md). Released writer schemas stay in {@code stored-events/}, one file
 * per type and revision, for ever.
 *
 * <p>What always holds:
 *
 * <ul>
 *   <li>(wallet, sequence) is unique, by an index: of two writers that decided on the same state one is rolled back
 *   <li>a unit of work's events are stored all or none, together with whatever else its transaction wrote
 *   <li>the sequence inside a record is the sequence of its row
 * </ul>
 */
@NullMarked
package io.drawdown.wallet.store;

import org.jspecify.annotations.NullMarked;
