package io.drawdown.bench.ledger.rival;

import io.drawdown.events.Topic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
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
        var sql = "copy raw_limit (event_id, aggregate_id, sequence, payload) from stdin (format binary)";
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
        var eventId = UUID.randomUUID();
        var row = ByteBuffer.allocate(2 + 4 + 16 + 4 + key.length + 4 + 8 + 4 + usage.value().length);
        row.putShort((short) 4);
        row.putInt(16).putLong(timeOrdered(usage)).putLong(eventId.getLeastSignificantBits());
        row.putInt(key.length).put(key);
        row.putInt(8).putLong(usage.offset() * Topic.USAGE_ACCEPTED.partitions() + usage.partition());
        row.putInt(usage.value().length).put(usage.value());
        return row.array();
    }

    /** The first half of a version 7 UUID, as the event store's ids are: rising with time, so the index grows at its end. */
    private static long timeOrdered(ConsumerRecord<String, byte[]> usage) {
        return (System.currentTimeMillis() << 16) | 0x7000L | (usage.offset() & 0xfff);
    }
}
