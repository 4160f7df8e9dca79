package io.drawdown.bench.ledger.rival;

import io.drawdown.bench.rival.Counter;
import io.drawdown.bench.rival.RivalSettings;
import io.drawdown.bench.rival.Workers;
import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageAccepted;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** What most would write first: for each event one transaction that remembers its id, moves the balance and adds a line. */
public final class NaiveListener {

    private static final int THREADS = 4;
    private static final BigDecimal UNIT_PRICE = new BigDecimal("0.01");

    private NaiveListener() {}

    public static void main(String[] arguments) throws SQLException {
        var settings = RivalSettings.fromEnvironment();
        try (var connection = settings.connect();
                var statement = connection.createStatement()) {
            statement.execute("""
                create table balance (account_id text primary key, amount numeric not null);
                create table seen (source text, id text, primary key (source, id));
                create table entry (number bigserial primary key, account_id text not null, source text not null,
                                    id text not null, amount numeric not null, at timestamptz not null)
                """);
        }
        var counter = Counter.printing();
        Workers.run(THREADS, () -> consume(settings, counter));
    }

    @SuppressWarnings("InfiniteLoopStatement")
    private static Void consume(RivalSettings settings, Counter counter) throws SQLException {
        try (var consumer = settings.consumer("rival-naive");
                var connection = settings.connect();
                var transaction = new Transaction(connection)) {
            consumer.subscribe(List.of(Topic.USAGE_ACCEPTED.topicName()));
            while (true) {
                for (var usage : consumer.poll(Duration.ofMillis(200))) {
                    transaction.run(usage.value());
                    counter.add(1);
                }
                consumer.commitSync();
            }
        }
    }

    private static final class Transaction implements AutoCloseable {

        private final Connection connection;
        private final PreparedStatement remember;
        private final PreparedStatement move;
        private final PreparedStatement write;

        Transaction(Connection connection) throws SQLException {
            connection.setAutoCommit(false);
            this.connection = connection;
            this.remember = connection.prepareStatement("insert into seen values (?, ?) on conflict do nothing");
            this.move = connection.prepareStatement("insert into balance values (?, ?)"
                    + " on conflict (account_id) do update set amount = balance.amount + excluded.amount");
            this.write = connection.prepareStatement(
                    "insert into entry (account_id, source, id, amount, at) values (?, ?, ?, ?, now())");
        }

        void run(UsageAccepted usage) throws SQLException {
            if (set(remember, usage.getSource(), usage.getId()).executeUpdate() == 1) {
                var cost = new BigDecimal(usage.getValue()).multiply(UNIT_PRICE).negate();
                set(move, usage.getAccountId(), cost).executeUpdate();
                set(write, usage.getAccountId(), usage.getSource(), usage.getId(), cost)
                        .executeUpdate();
            }
            connection.commit();
        }

        private static PreparedStatement set(PreparedStatement statement, Object... values) throws SQLException {
            for (var i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement;
        }

        @Override
        public void close() throws SQLException {
            remember.close();
            move.close();
            write.close();
        }
    }
}
