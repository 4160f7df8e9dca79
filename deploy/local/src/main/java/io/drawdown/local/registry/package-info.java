/**
 * The schema registry, Apicurio, as a child process, spoken to through its Confluent-compatible interface.
 *
 * <p>Invariants: schemas and their ids live in PostgreSQL and survive restarts, without which old messages could not be
 * read; every schema must be compatible with all its predecessors in both directions; everything listens on the
 * loopback address only.
 */
@NullMarked
package io.drawdown.local.registry;

import org.jspecify.annotations.NullMarked;
