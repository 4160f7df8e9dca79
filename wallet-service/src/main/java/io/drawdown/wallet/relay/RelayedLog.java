package io.drawdown.wallet.relay;

import io.drawdown.wallet.store.StoredEvent;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The event store as the relay sees it over the one connection whose session holds its lock: what is next, and its place. */
final class RelayedLog {

    private static final String PLACE = "select place from relay_place";
    /** Without a wait for the disk: what a crash of the database takes back is sent again, as after a crash of the relay. */
    private static final String MOVE = """
            update relay_place set place = ?, moved_at = now()
            where place = ? and set_config('synchronous_commit', 'off', true) = 'off'""";

    /** Sizes are known without the payloads: what is left out is not read. */
    private static final String NEXT = """
            select * from (
                select *, sum(octet_length(payload)) over (order by global_index rows unbounded preceding)
                    - octet_length(payload) as bytes_before
                from (
                    select global_index, event_identifier, aggregate_identifier, time_stamp, payload_type, payload_revision,
                    payload, meta_data from wallet_event where global_index > ? and global_index <= ?
                    order by global_index limit ?) as oldest) as measured
            where bytes_before < ? order by global_index""";

    private final Connection connection;
    private final Horizon horizon;
    private long place;

    RelayedLog(Connection connection) throws SQLException {
        this.connection = connection;
        this.horizon = new Horizon(connection);
        this.place = storedPlace();
    }

    /**
     * The oldest events that have not been sent and that nothing can still come before.
     *
     * @param limit at most so many
     * @param bytes none behind the one with which their payloads come to so much; at least 1
     */
    List<StoredRow> next(int limit, long bytes) throws SQLException {
        long complete = horizon.look();
        return complete > place ? read(complete, limit, bytes) : List.of();
    }

    private List<StoredRow> read(long complete, int limit, long bytes) throws SQLException {
        try (var query = connection.prepareStatement(NEXT)) {
            query.setLong(1, place);
            query.setLong(2, complete);
            query.setInt(3, limit);
            query.setLong(4, bytes);
            try (var rows = query.executeQuery()) {
                var found = new ArrayList<StoredRow>();
                while (rows.next()) {
                    found.add(row(rows));
                }
                return found;
            }
        }
    }

    private static StoredRow row(ResultSet row) throws SQLException {
        return new StoredRow(
                row.getLong("global_index"),
                row.getString("event_identifier"),
                row.getString("aggregate_identifier"),
                Instant.parse(row.getString("time_stamp")),
                new StoredEvent(
                        row.getString("payload_type"), row.getString("payload_revision"), row.getBytes("payload")),
                row.getBytes("meta_data"));
    }

    /**
     * Keeps where to go on.
     *
     * @throws IllegalStateException when the place is not where this relay left it: somebody has moved it, or relays too
     */
    void sentUpTo(long sent) throws SQLException {
        try (var move = connection.prepareStatement(MOVE)) {
            move.setLong(1, sent);
            move.setLong(2, place);
            if (move.executeUpdate() != 1) {
                throw new IllegalStateException(
                        "The relay's place is no longer " + place + ": it has been moved from outside");
            }
        }
        place = sent;
    }

    /** How many places have been given out and not been sent yet; some may belong to rolled-back transactions. */
    long behind() {
        return Math.max(0, horizon.last() - place);
    }

    private long storedPlace() throws SQLException {
        try (var query = connection.createStatement();
                var row = query.executeQuery(PLACE)) {
            row.next();
            return row.getLong(1);
        }
    }
}
