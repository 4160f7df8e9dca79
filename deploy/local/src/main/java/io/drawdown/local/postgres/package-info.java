/**
 * A real PostgreSQL server as a child process: unpacked, initialised, started, given its databases.
 *
 * <p>Invariants: a commit is on disk when it returns ({@code fsync} and {@code synchronous_commit} are on, and looked
 * at after each start); the server listens on the loopback address only and asks for a password; data written by one
 * start is there at the next.
 */
@NullMarked
package io.drawdown.local.postgres;

import org.jspecify.annotations.NullMarked;
