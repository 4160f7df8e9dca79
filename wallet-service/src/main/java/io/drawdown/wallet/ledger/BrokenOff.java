package io.drawdown.wallet.ledger;

import java.sql.SQLException;
import java.util.function.Predicate;

/**
 * Transactions that the database ended for a reason which another attempt may not meet.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL's error codes</a>
 */
final class BrokenOff {

    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";
    private static final String CONNECTION_FAILURES = "08";
    private static final String SERVER_STOPS_OR_STARTS = "57P0";

    private BrokenOff() {}

    static boolean isCauseOf(Throwable failure) {
        return isCauseOf(
                failure,
                state -> isByAnother(state)
                        || state.startsWith(CONNECTION_FAILURES)
                        || state.startsWith(SERVER_STOPS_OR_STARTS));
    }

    /** Whether the work met another transaction's, for which it may have waited a second. */
    static boolean isByAnother(Throwable failure) {
        return isCauseOf(failure, BrokenOff::isByAnother);
    }

    private static boolean isByAnother(String state) {
        return state.equals(SERIALIZATION_FAILURE) || state.equals(DEADLOCK);
    }

    private static boolean isCauseOf(Throwable failure, Predicate<String> states) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql && sql.getSQLState() != null && states.test(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
