package io.drawdown.wire.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

class SendingTest {

    private final AtomicInteger offered = new AtomicInteger();
    private final MockProducer<byte[], byte[]> broker =
            new MockProducer<>(
                    false, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer()) {
                @Override
                public synchronized Future<RecordMetadata> send(
                        ProducerRecord<byte[], byte[]> message, Callback callback) {
                    offered.incrementAndGet();
                    return super.send(message, callback);
                }
            };
    private final AtomicInteger waits = new AtomicInteger();

    @Test
    void waitsForAnAnswerAsLongAsItTakes() throws Exception {
        var sending = sending(_ -> {
            if (waits.incrementAndGet() == 3) {
                broker.completeNext();
                broker.completeNext();
            }
        });

        assertThat(sending.send(rows(2)).acknowledged()).isEqualTo(2);
        assertThat(waits).hasValue(3);
    }

    @Test
    void endsWhenTheRightToRelayIsLost() {
        var sending = sending(_ -> {
            throw new SQLException("session lost");
        });

        assertThatThrownBy(() -> sending.send(rows(2))).hasMessage("session lost");
    }

    @Test
    void acknowledgesNothingBehindARefusedRow() throws Exception {
        var sending = sending(_ -> {
            broker.completeNext();
            broker.errorNext(new RecordTooLargeException("too large"));
            broker.completeNext();
        });

        var sent = sending.send(rows(3));

        assertThat(sent.acknowledged()).isEqualTo(1);
        assertThat(sent.failure()).hasRootCauseInstanceOf(RecordTooLargeException.class);
    }

    @Test
    void sendsNothingBehindARowThatTheProducerDoesNotTake() throws Exception {
        broker.sendException = new TimeoutException("no metadata");

        var sent = sending(_ -> {}).send(rows(3));

        assertThat(sent.acknowledged()).isZero();
        assertThat(sent.failure()).hasMessage("no metadata");
        assertThat(offered)
                .as("a minute each for five hundred rows is a whole night")
                .hasValue(1);
    }

    private Sending<OutboxRow> sending(Sending.Watch<OutboxRow> watch) {
        return new Sending<>(new KafkaTemplate<>(factory()), row -> row.toRecord("test"), Duration.ofMillis(20), watch);
    }

    private ProducerFactory<byte[], byte[]> factory() {
        return new ProducerFactory<>() {
            @Override
            public Producer<byte[], byte[]> createProducer() {
                return broker;
            }

            @Override
            public Map<String, Object> getConfigurationProperties() {
                return Map.of();
            }
        };
    }

    private static List<OutboxRow> rows(int count) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(id ->
                        new OutboxRow(id, "t", "k", "type", new byte[] {1}, UUID.randomUUID(), null, Instant.EPOCH))
                .toList();
    }
}
