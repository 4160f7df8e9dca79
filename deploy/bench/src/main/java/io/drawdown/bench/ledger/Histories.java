package io.drawdown.bench.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drawdown.bench.platform.BenchPlatform;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.WalletOpened;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.awaitility.Awaitility;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Histories of wallets, straight into the event store: copies of what the service has recorded of one wallet itself, an opening, a
 * grant and a draw-down, the last as often as it takes. Through the API a million wallets would take an hour.
 */
final class Histories {

    private static final String MODEL = "bench-model";
    private static final String COLUMNS = "event_identifier, aggregate_identifier, sequence_number, type, time_stamp,"
            + " payload_type, payload_revision, payload, meta_data";
    private static final BigDecimal COST = new BigDecimal("0.01");

    private final Row<WalletOpened> opened;
    private final Row<CreditGranted> granted;
    private final Row<UsageDrawnDown> drawnDown;

    private Histories(Row<WalletOpened> opened, Row<CreditGranted> granted, Row<UsageDrawnDown> drawnDown) {
        this.opened = opened;
        this.granted = granted;
        this.drawnDown = drawnDown;
    }

    /** Starts wallet-service, has it record the model's history, and fills the store before all is stopped again. */
    static void write(BenchPlatform platform, Kind... kinds) {
        var environment = platform.start("wallet");
        Catalogue.publish(environment);
        new Wallets(environment).open(List.of(MODEL));
        new UsageTopic(environment.kafka(), environment.addressOf("schemaRegistry"), List.of(MODEL), Catalogue.METER)
                .fill(1, _ -> {});
        try (var connection = Database.connect(environment, Database.WALLET)) {
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> events(connection) == 3);
            model(connection).copy(connection, kinds);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("The histories could not be written: " + e.getMessage(), e);
        }
        platform.stop();
    }

    private static long events(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement(
                "select count(*) from wallet_event where aggregate_identifier = 'wal_' || ?")) {
            query.setString(1, MODEL);
            var rows = query.executeQuery();
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Histories model(Connection connection) throws SQLException, IOException {
        return new Histories(
                Row.of(connection, WalletOpened.getClassSchema()),
                Row.of(connection, CreditGranted.getClassSchema()),
                Row.of(connection, UsageDrawnDown.getClassSchema()));
    }

    private void copy(Connection connection, Kind... kinds) throws SQLException {
        var sink = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy wallet_event (" + COLUMNS + ") from stdin with (format csv)");
        for (var kind : kinds) {
            for (var account : kind.accounts) {
                history(sink, account, kind.eventsEach);
            }
        }
        sink.endCopy();
        try (var statement = connection.createStatement()) {
            statement.execute("analyze wallet_event");
        }
    }

    private void history(CopyIn sink, String account, int events) throws SQLException {
        var wallet = "wal_" + account;
        opened.event.setWalletId(wallet);
        opened.event.setAccountId(account);
        opened.put(sink, wallet, 0);
        granted.event.setWalletId(wallet);
        granted.event.setAccountId(account);
        granted.put(sink, wallet, 1);
        drawnDown.event.setWalletId(wallet);
        drawnDown.event.setAccountId(account);
        var balance = new BigDecimal(granted.event.getSettledAfter());
        for (int sequence = 2; sequence < events; sequence++) {
            balance = balance.subtract(COST);
            drawnDown.event.setSequence(sequence);
            drawnDown.event.setSettledAfter(balance.toPlainString());
            drawnDown.put(sink, wallet, sequence);
        }
    }

    /** Wallets that have as many events each. */
    record Kind(List<String> accounts, int eventsEach) {}

    /** A row of the event store that is written again and again, each time with another content. */
    private record Row<T extends SpecificRecord>(String type, String revision, String metaData, T event) {

        private static <T extends SpecificRecord> Row<T> of(Connection connection, Schema schema)
                throws SQLException, IOException {
            try (var query = connection.prepareStatement("select payload_revision, meta_data, payload from wallet_event"
                    + " where aggregate_identifier = 'wal_' || ? and payload_type = ?")) {
                query.setString(1, MODEL);
                query.setString(2, schema.getFullName());
                var rows = query.executeQuery();
                rows.next();
                var decoder = DecoderFactory.get().binaryDecoder(rows.getBytes(3), null);
                T event = new SpecificDatumReader<T>(schema, schema, SpecificData.getForSchema(schema))
                        .read(null, decoder);
                return new Row<>(schema.getFullName(), rows.getString(1), hex(rows.getBytes(2)), event);
            }
        }

        private void put(CopyIn sink, String wallet, long sequence) throws SQLException {
            var line = "%s-%d,%s,%d,Wallet,2026-11-20T10:00:00Z,%s,%s,%s,%s\n"
                    .formatted(wallet, sequence, wallet, sequence, type, revision, hex(bytes()), metaData)
                    .getBytes(UTF_8);
            sink.writeToCopy(line, 0, line.length);
        }

        private byte[] bytes() {
            var bytes = new ByteArrayOutputStream(512);
            var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            var schema = event.getSchema();
            try {
                new SpecificDatumWriter<T>(schema, SpecificData.getForSchema(schema)).write(event, encoder);
                encoder.flush();
            } catch (IOException e) {
                throw new UncheckedIOException("Memory refused an event", e);
            }
            return bytes.toByteArray();
        }

        private static String hex(byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        }
    }
}
