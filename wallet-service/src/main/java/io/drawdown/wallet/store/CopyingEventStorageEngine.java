package io.drawdown.wallet.store;

import io.drawdown.wallet.domain.WalletEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.postgresql.PGConnection;

/**
 * Appends all events of a unit of work with one binary COPY, in the unit's transaction; everything else is Axon's.
 *
 * <p>Measured before this was written, COPY stores a batch a quarter to a half faster than batched inserts.
 */
final class CopyingEventStorageEngine extends JdbcEventStorageEngine {

    private static final int COLUMNS = 9;
    private static final int USUAL_ROW_BYTES = 1024;

    private final ConnectionProvider connections;
    private final TransactionManager transactions;
    private final ClockAgreement clocks;
    private final String copy;

    CopyingEventStorageEngine(
            Builder builder,
            ConnectionProvider connections,
            TransactionManager transactions,
            ClockAgreement clocks,
            EventSchema schema) {
        super(builder);
        this.connections = connections;
        this.transactions = transactions;
        this.clocks = clocks;
        this.copy = "copy " + schema.domainEventTable() + " (" + schema.domainEventFields()
                + ") from stdin with (format binary)";
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (!events.isEmpty()) {
            var rows = rows(events, serializer);
            transactions.executeInTransaction(() -> append(rows, events.getFirst()));
        }
    }

    /** None: the ledger keeps snapshots of its own, in another form. */
    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
        return Optional.empty();
    }

    private void append(byte[] rows, EventMessage<?> first) {
        try (Connection connection = connections.getConnection()) {
            clocks.require(connection);
            var sink = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy);
            sink.writeToCopy(rows, 0, rows.length);
            sink.endCopy();
        } catch (SQLException e) {
            handlePersistenceException(e, first);
        }
    }

    private static byte[] rows(List<? extends EventMessage<?>> events, Serializer serializer) {
        var rows = new CopyRows(events.size() * USUAL_ROW_BYTES);
        for (var event : events) {
            addRow(rows, (DomainEventMessage<?>) event, serializer);
        }
        return rows.finish();
    }

    /** The columns in the order of {@link EventSchema#domainEventFields()}. */
    private static void addRow(CopyRows rows, DomainEventMessage<?> event, Serializer serializer) {
        requireSameSequence(event);
        var payload = event.serializePayload(serializer, byte[].class);
        var metaData = event.serializeMetaData(serializer, byte[].class);
        rows.row(COLUMNS)
                .text(event.getIdentifier())
                .text(event.getAggregateIdentifier())
                .bigint(event.getSequenceNumber())
                .text(event.getType())
                .text(event.getTimestamp().toString())
                .text(payload.getType().getName())
                .text(payload.getType().getRevision())
                .bytes(payload.getData())
                .bytes(metaData.getData());
    }

    private static void requireSameSequence(DomainEventMessage<?> event) {
        if (event.getPayload() instanceof WalletEvent wallet
                && wallet.header().sequence() != event.getSequenceNumber()) {
            throw new IllegalStateException("Event " + wallet.header() + " would be stored under sequence "
                    + event.getSequenceNumber() + "; the wallet's version and its history disagree");
        }
    }
}
