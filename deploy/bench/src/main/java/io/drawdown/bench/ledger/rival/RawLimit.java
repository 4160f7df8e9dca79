package io.drawdown.bench.ledger.rival;

import io.drawdown.bench.rival.Counter;
import io.drawdown.bench.rival.RivalSettings;
import io.drawdown.bench.rival.Workers;
import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageAccepted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * The physical limit: the same bytes, copied as they are into a table like the event store's with all its indexes, one
 * row for each usage event. It decides nothing and keeps no balance.
 */
public final class RawLimit {

    private static final int THREADS = 2;
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};

    private static final byte[] TIME = "2026-11-20T12:00:00.000Z".getBytes(StandardCharsets.UTF_8);
    private static final byte[] TYPE = UsageAccepted.class.getName().getBytes(StandardCharsets.UTF_8);

    private RawLimit() {}

    public static void main(String[] arguments) {
        var settings = RivalSettings.fromEnvironment();
        var counter = Counter.printing();
        Workers.run(THREADS, () -> consume(settings, counter));
    }

    @SuppressWarnings("InfiniteLoopStatement")
    private static Void consume(RivalSettings settings, Counter counter) throws SQLException, IOException {
        try (var consumer = settings.consumer("rival-raw", new ByteArrayDeserializer());
                var connection = settings.connect()) {
            consumer.subscribe(List.of(Topic.USAGE_ACCEPTED.topicName()));
            var postgres = connection.unwrap(PGConnection.class);
            while (true) {
                var usage = consumer.poll(Duration.ofMillis(200));
                if (!usage.isEmpty()) {
                    copy(postgres, usage);
                    counter.add(usage.count());
                    consumer.commitSync();
                }
            }
        }
    }

    private static void copy(PGConnection postgres, ConsumerRecords<String, byte[]> usage)
            throws SQLException, IOException {
        var sql = "copy raw_limit (event_identifier, aggregate_identifier, sequence_number, time_stamp, payload_type,"
                + " payload) from stdin (format binary)";
        try (var out = new PGCopyOutputStream(postgres, sql, 256 << 10)) {
            out.write(SIGNATURE);
            out.write(new byte[8]);
            for (var one : usage) {
                out.write(row(one));
            }
            out.write(new byte[] {-1, -1});
        }
    }

    private static byte[] row(ConsumerRecord<String, byte[]> usage) {
        var key = usage.key().getBytes(StandardCharsets.UTF_8);
        var eventId = (usage.partition() + "-" + usage.offset()).getBytes(StandardCharsets.UTF_8);
        var row = ByteBuffer.allocate(
                64 + eventId.length + key.length + TIME.length + TYPE.length + usage.value().length);
        row.putShort((short) 6);
        put(row, eventId);
        put(row, key);
        row.putInt(Long.BYTES).putLong(usage.offset());
        put(row, TIME);
        put(row, TYPE);
        put(row, usage.value());
        return Arrays.copyOf(row.array(), row.position());
    }

    private static void put(ByteBuffer row, byte[] value) {
        row.putInt(value.length).put(value);
    }
}
