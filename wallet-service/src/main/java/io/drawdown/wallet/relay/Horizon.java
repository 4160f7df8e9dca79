package io.drawdown.wallet.relay;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Up to where the event store is complete: no event at or below this place can still appear.
 *
 * <p>Places are given out when an event is written, not when it is committed, so a later place may be seen before an earlier
 * one. Whoever takes a place holds a lock on the table until its transaction has ended and is visible. Hence: the last place
 * given out, read first, is complete as soon as every transaction that held the lock right after has gone. No time-out
 * guesses, and a transaction that was rolled back delays nothing.
 */
final class Horizon {

    private static final String LAST_PLACE = "select last_value from wallet_event_global_index_seq";
    private static final String WRITERS = """
            select virtualtransaction from pg_locks
            where locktype = 'relation' and relation = 'wallet_event'::regclass and mode = 'RowExclusiveLock'
            and database = (select oid from pg_database where datname = current_database())""";

    private record Mark(long place, Set<String> writers) {}

    private final Connection connection;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private long last = -1;
    private long complete;

    Horizon(Connection connection) {
        this.connection = connection;
    }

    /** The place up to which all is there for a query that begins from now on; never goes back. */
    long look() throws SQLException {
        long given = lastPlace();
        if (given != last || !marks.isEmpty()) {
            var writers = writers();
            if (given != last) {
                marks.addLast(new Mark(given, writers));
                last = given;
            }
            settle(writers);
        }
        return complete;
    }

    private void settle(Set<String> writers) {
        while (!marks.isEmpty() && Collections.disjoint(marks.getFirst().writers(), writers)) {
            complete = marks.removeFirst().place();
        }
    }

    /** The last place given out, whether or not its event has been committed. */
    long last() {
        return last;
    }

    private long lastPlace() throws SQLException {
        try (var query = connection.createStatement();
                var row = query.executeQuery(LAST_PLACE)) {
            row.next();
            return row.getLong(1);
        }
    }

    private Set<String> writers() throws SQLException {
        try (var query = connection.prepareStatement(WRITERS);
                var rows = query.executeQuery()) {
            var running = new HashSet<String>();
            while (rows.next()) {
                running.add(rows.getString(1));
            }
            return running;
        }
    }
}
