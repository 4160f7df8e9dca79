package io.drawdown.wallet;

import io.drawdown.events.Topic;
import io.drawdown.wire.EventHeaders;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.kafka.core.ConsumerFactory;

/** Everything on wallet.events.v1, read by a consumer of its own. */
@TestComponent
public class WalletTopic {

    private final Consumer<String, SpecificRecord> consumer;
    private final List<ConsumerRecord<String, SpecificRecord>> records = new ArrayList<>();

    WalletTopic(ConsumerFactory<String, SpecificRecord> consumers) {
        consumer = consumers.createConsumer("test-wallet-topic", "test", null, null);
        consumer.assign(IntStream.range(0, Topic.WALLET_EVENTS.partitions())
                .mapToObj(partition -> new TopicPartition(Topic.Name.WALLET_EVENTS, partition))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
    }

    public synchronized List<ConsumerRecord<String, SpecificRecord>> recordsOf(String account) {
        consumer.poll(Duration.ofMillis(50)).forEach(records::add);
        return records.stream().filter(record -> account.equals(record.key())).toList();
    }

    public List<SpecificRecord> eventsOf(String account) {
        return recordsOf(account).stream().map(ConsumerRecord::value).toList();
    }

    public Map<String, Long> repeats(String account) {
        return recordsOf(account).stream()
                .collect(java.util.stream.Collectors.groupingBy(
                        record -> EventHeaders.text(record.headers(), EventHeaders.ID),
                        java.util.stream.Collectors.counting()));
    }

    @PreDestroy
    void close() {
        consumer.close();
    }
}
