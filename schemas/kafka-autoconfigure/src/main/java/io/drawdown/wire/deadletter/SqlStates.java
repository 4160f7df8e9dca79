package io.drawdown.wire.deadletter;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells by its SQLState whether a database's refusal is about the database, not about what it was asked to store.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL error codes</a>
 */
final class SqlStates {

    /** Connection lost; deadlock or serialization; out of disk, memory or connections; shutting down; input or output. */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "40", "53", "57", "58");

    /** Read-only, as while a standby takes over; a transaction that waited too long; a lock that somebody else holds. */
    private static final Set<String> PASSING = Set.of("25006", "25P03", "25P04", "55P03");

    private static final int CLASS_LENGTH = 2;

    private SqlStates() {}

    /** Looks at the exception and at those that the driver has strung behind it, as it does for a batch. */
    static boolean isPassing(SQLException failure) {
        for (var at = failure; at != null; at = at.getNextException()) {
            if (isPassing(at.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPassing(@Nullable String state) {
        return state != null
                && state.length() > CLASS_LENGTH
                && (PASSING.contains(state) || PASSING_CLASSES.contains(state.substring(0, CLASS_LENGTH)));
    }
}
