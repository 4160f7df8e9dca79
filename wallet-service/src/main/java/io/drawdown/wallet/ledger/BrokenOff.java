package io.drawdown.wallet.ledger;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

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
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql && passes(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static boolean passes(@Nullable String state) {
        return state != null
                && (state.equals(SERIALIZATION_FAILURE)
                        || state.equals(DEADLOCK)
                        || state.startsWith(CONNECTION_FAILURES)
                        || state.startsWith(SERVER_STOPS_OR_STARTS));
    }
}
