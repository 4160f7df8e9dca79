package io.drawdown.wire.outbox;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What the relay asks of table {@code wire_outbox}, over its own connection. */
final class OutboxTable {

    private static final String OLDEST = """
            select id, topic, record_key, type, payload, event_id, traceparent, created_at
            from wire_outbox order by id limit ?""";
    private static final String DELETE = "delete from wire_outbox where id = any (?)";

    private final Connection connection;

    OutboxTable(Connection connection) {
        this.connection = connection;
    }

    List<OutboxRow> oldest(int limit) throws SQLException {
        try (var query = connection.prepareStatement(OLDEST)) {
            query.setInt(1, limit);
            try (var rows = query.executeQuery()) {
                var found = new ArrayList<OutboxRow>();
                while (rows.next()) {
                    found.add(row(rows));
                }
                return found;
            }
        }
    }

    void delete(List<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(DELETE)) {
            statement.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            statement.executeUpdate();
        }
    }

    private static OutboxRow row(ResultSet row) throws SQLException {
        return new OutboxRow(
                row.getLong("id"),
                row.getString("topic"),
                row.getString("record_key"),
                row.getString("type"),
                row.getBytes("payload"),
                row.getObject("event_id", UUID.class),
                row.getString("traceparent"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
