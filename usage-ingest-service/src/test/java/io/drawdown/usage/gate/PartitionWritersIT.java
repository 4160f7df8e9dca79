package io.drawdown.usage.gate;

import static io.drawdown.usage.UsageLab.fresh;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.usage.UsageServiceTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.KafkaAdmin;

/** Two gates, of which one has taken the other's partitions over. */
@UsageServiceTest
class PartitionWritersIT {

    @Autowired
    KafkaAdmin admin;

    final String topic = fresh("fence");
    final String group = fresh("gate");
    final TopicPartition first = new TopicPartition(topic, 0);
    final TopicPartition second = new TopicPartition(topic, 1);
    final List<PartitionWriters> gates = new ArrayList<>();

    @BeforeEach
    void createTopic() throws Exception {
        try (var client = Admin.create(admin.getConfigurationProperties())) {
            client.createTopics(List.of(new NewTopic(topic, Optional.of(2), Optional.empty())))
                    .all()
                    .get();
        }
    }

    @AfterEach
    void close() {
        gates.forEach(PartitionWriters::close);
    }

    /** Its process stood still while its producer had records, and wakes up before its successor has sent anything. */
    @Test
    void nothingIsStoredOfWhatADisplacedGateHadStillToSend() {
        var displaced = gate(Duration.ofMinutes(1));
        displaced.takeOver(List.of(first, second));
        var unsent = displaced.send(record(first, "unsent"), null);

        var successor = gate(Duration.ZERO);
        successor.takeOver(List.of(first));

        assertThatThrownBy(() -> commit(displaced, first, 7)).isInstanceOf(CommitFailedException.class);
        assertThatThrownBy(unsent::get)
                .satisfies(failure -> assertThat(Fencing.isCauseOf(failure.getCause()))
                        .as("%s", failure.getCause())
                        .isTrue());
        successor.send(record(first, "own"), null);
        commit(successor, first, 3);
        assertThat(stored(first, "read_uncommitted")).containsExactly("own");
        assertThat(committed(first)).isEqualTo(3);
    }

    /** It has still the other one. */
    @Test
    void whoLosesOnePartitionKeepsTheOther() {
        var gate = gate(Duration.ZERO);
        gate.takeOver(List.of(first, second));
        gate(Duration.ZERO).takeOver(List.of(first));

        gate.send(record(second, "own"), null);
        commit(gate, second, 5);

        assertThat(stored(second, "read_committed")).containsExactly("own");
        assertThat(committed(second)).isEqualTo(5);
    }

    @Test
    void whatWasSentBeforeTheTakeoverStandsForThoseWhoDoNotWaitForCommits() throws Exception {
        var displaced = gate(Duration.ZERO);
        displaced.takeOver(List.of(first));
        displaced.send(record(first, "sent"), null).get();

        gate(Duration.ZERO).takeOver(List.of(first));

        assertThat(stored(first, "read_uncommitted")).containsExactly("sent");
        assertThat(stored(first, "read_committed")).isEmpty();
        assertThat(committed(first)).isNull();
    }

    /** A thread that has lost its partitions and gets them back begins anew, too. */
    @Test
    void takesItsOwnPartitionsOverAgain() {
        var gate = gate(Duration.ofMinutes(1));
        gate.takeOver(List.of(first));
        gate.send(record(first, "unsent"), null);

        gate.takeOver(List.of(first));
        gate.send(record(first, "again"), null);
        commit(gate, first, 1);

        // What is closed may still send what it had, before the takeover and not behind it.
        assertThat(stored(first, "read_uncommitted")).last().isEqualTo("again");
        assertThat(stored(first, "read_committed")).containsExactly("again");
    }

    @Test
    void commitsPositionsWithoutRecords() {
        var gate = gate(Duration.ZERO);
        gate.takeOver(List.of(first, second));

        gate.commit(Map.of(first, new OffsetAndMetadata(1), second, new OffsetAndMetadata(2)), groupMetadata());

        assertThat(committed(first)).isEqualTo(1);
        assertThat(committed(second)).isEqualTo(2);
    }

    @Test
    void writesToNoPartitionThatWasNotTakenOver() {
        var gate = gate(Duration.ZERO);
        gate.takeOver(List.of(first));
        gate.release(List.of(first));

        assertThatThrownBy(() -> gate.send(record(first, "late"), null)).isInstanceOf(IllegalStateException.class);
    }

    private PartitionWriters gate(Duration linger) {
        var gate = new PartitionWriters(partition -> {
            var config = new HashMap<>(admin.getConfigurationProperties());
            config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group + "-" + partition);
            config.put(ProducerConfig.LINGER_MS_CONFIG, linger.toMillis());
            config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
            return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        });
        gates.add(gate);
        return gate;
    }

    private static ProducerRecord<byte[], byte[]> record(TopicPartition partition, String text) {
        return new ProducerRecord<>(partition.topic(), partition.partition(), null, text.getBytes(UTF_8));
    }

    private void commit(PartitionWriters gate, TopicPartition partition, long position) {
        gate.commit(Map.of(partition, new OffsetAndMetadata(position)), groupMetadata());
    }

    private ConsumerGroupMetadata groupMetadata() {
        try (var consumer = consumer("read_committed")) {
            return consumer.groupMetadata();
        }
    }

    private @Nullable Long committed(TopicPartition partition) {
        try (var consumer = consumer("read_committed")) {
            var committed = consumer.committed(Set.of(partition)).get(partition);
            return committed == null ? null : committed.offset();
        }
    }

    private List<String> stored(TopicPartition partition, String isolation) {
        var texts = new ArrayList<String>();
        try (var consumer = consumer(isolation)) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(50)).forEach(record -> texts.add(record.value()));
            }
        }
        return texts;
    }

    private KafkaConsumer<String, String> consumer(String isolation) {
        var config = new HashMap<>(admin.getConfigurationProperties());
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        return new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
    }
}
