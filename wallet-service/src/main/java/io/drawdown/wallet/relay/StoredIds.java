package io.drawdown.wallet.relay;

import io.drawdown.wire.EventHeaders;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Which events the event store has at which place of their wallets. */
final class StoredIds implements AutoCloseable {

    private static final String ID =
            "select event_identifier from wallet_event where aggregate_identifier = ? and sequence_number = ?";

    private final PreparedStatement query;

    StoredIds(Connection connection) throws SQLException {
        this.query = connection.prepareStatement(ID);
    }

    /**
     * Compares one record.
     *
     * @throws UnknownEventException if its event is not stored, or another one is in its place
     */
    void require(ConsumerRecord<String, ? extends @Nullable SpecificRecord> published) throws SQLException {
        var event = published.value();
        var id = EventHeaders.text(published.headers(), EventHeaders.ID);
        if (event == null || id == null) {
            return; // Of a newer version of this service, or nobody's: not for this one to judge.
        }
        var wallet = member(event, "walletId");
        var sequence = member(event, "sequence");
        if (!id.equals(idOf(wallet, sequence))) {
            throw new UnknownEventException(published, sequence + " of wallet " + wallet);
        }
    }

    private static Object member(SpecificRecord event, String name) {
        return event.get(event.getSchema().getField(name).pos());
    }

    private @Nullable String idOf(Object wallet, Object sequence) throws SQLException {
        query.setObject(1, wallet);
        query.setObject(2, sequence);
        try (var row = query.executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }

    @Override
    public void close() throws SQLException {
        query.close();
    }
}
