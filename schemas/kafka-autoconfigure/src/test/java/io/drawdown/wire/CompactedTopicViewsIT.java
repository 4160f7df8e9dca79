package io.drawdown.wire;

import static io.drawdown.wire.Records.meter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.Topic;
import io.drawdown.events.catalog.Meter;
import io.drawdown.events.crm.Account;
import io.drawdown.events.usage.UsageEvent;
import io.drawdown.wire.avro.AvroDeserializer;
import io.drawdown.wire.view.CompactedTopicView;
import io.drawdown.wire.view.CompactedTopicViews;
import io.drawdown.wire.view.CompactedTopicViewsHealth;
import io.drawdown.wire.view.Unreadable;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Status;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;

@WireIntegrationTest
class CompactedTopicViewsIT {

    @Autowired
    KafkaTemplate<String, SpecificRecord> kafka;

    @Autowired
    ConsumerFactory<?, ?> consumers;

    @Autowired
    CompactedTopicView<Meter> meters;

    @Autowired
    CompactedTopicViews views;

    @Autowired
    CompactedTopicViewsHealth health;

    @Autowired
    MeterRegistry metrics;

    @Test
    void isCaughtUpOnceTheServiceHasStarted() {
        assertThat(meters.isCaughtUp()).isTrue();
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void holdsTheLastRecordOfAKeyUntilATombstoneRemovesIt() {
        List<String> changes = new CopyOnWriteArrayList<>();
        meters.onChange((key, value) -> {
            if (key.equals("mtr_1")) {
                changes.add(value == null ? "removed" : value.getDisplayName());
            }
        });

        kafka.send(Topic.Name.CATALOG_METERS, "mtr_1", meter("mtr_1", "first")).join();
        kafka.send(Topic.Name.CATALOG_METERS, "mtr_1", meter("mtr_1", "second")).join();
        await().until(() -> meter("mtr_1", "second").equals(meters.get("mtr_1")));
        assertThat(meters.values()).contains(meter("mtr_1", "second"));
        kafka.send(Topic.Name.CATALOG_METERS, "mtr_1", null).join();

        await().until(() -> meters.get("mtr_1") == null);
        assertThat(changes).containsExactly("first", "second", "removed");
    }

    @Test
    void isDegradedUntilAReadableRecordReplacesOneThatCannotBeDecoded() throws Exception {
        kafka.send(Topic.Name.CATALOG_METERS, "mtr_spoilt", meter("mtr_spoilt", "before"))
                .join();
        RawKafka.write(Topic.Name.CATALOG_METERS, "mtr_spoilt", new byte[] {1, 2, 3});

        await().until(() -> unreadable().contains("mtr_spoilt"));
        assertThat(meters.get("mtr_spoilt")).isEqualTo(meter("mtr_spoilt", "before"));
        assertThat(health.health().getStatus()).isEqualTo(new Status("DEGRADED"));
        assertThat(health.health().getDetails().toString())
                .contains("mtr_spoilt", "catalog.meters.v1-0@", "wire format");
        assertThat(metrics.get("drawdown.views.unreadable").gauge().value()).isEqualTo(1.0);

        kafka.send(Topic.Name.CATALOG_METERS, "mtr_spoilt", meter("mtr_spoilt", "after"))
                .join();

        await().until(() -> meter("mtr_spoilt", "after").equals(meters.get("mtr_spoilt")));
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        assertThat(metrics.get("drawdown.views.unreadable").gauge().value()).isZero();
    }

    @Test
    void forgetsWhatCannotBeDecodedAtATombstone() throws Exception {
        RawKafka.write(Topic.Name.CATALOG_METERS, "mtr_garbage", new byte[] {1, 2, 3});
        await().until(() -> unreadable().contains("mtr_garbage"));
        assertThat(meters.get("mtr_garbage")).isNull();

        kafka.send(Topic.Name.CATALOG_METERS, "mtr_garbage", null).join();

        await().until(() -> unreadable().isEmpty());
    }

    private List<String> unreadable() {
        return views.status().stream()
                .flatMap(view -> view.unreadable().stream())
                .map(Unreadable::key)
                .toList();
    }

    @Test
    void tellsALateListenerWhatIsThereAlready() {
        kafka.send(Topic.Name.CATALOG_METERS, "mtr_late", meter("mtr_late", "late"))
                .join();
        await().until(() -> meters.get("mtr_late") != null);
        List<String> told = new CopyOnWriteArrayList<>();

        meters.onChange((key, value) -> told.add(key));

        assertThat(told).contains("mtr_late");
    }

    @Test
    void opensAViewWhileTheServiceRuns() {
        kafka.send(Topic.Name.CRM_ACCOUNTS, "viewed", Records.account("viewed", "Viewed"))
                .join();

        var accounts = views.open(Topic.CRM_ACCOUNTS, Account.class);

        await().until(accounts::isCaughtUp);
        assertThat(accounts.get("viewed")).isEqualTo(Records.account("viewed", "Viewed"));
        assertThat(views.open(Topic.CRM_ACCOUNTS, Account.class)).isSameAs(accounts);
    }

    /** A key that moved from one account to another would be the old one's again, a closed account open. */
    @Test
    void doesNotGoThroughOlderStatesAgainWhenItsConsumerFails() {
        var isFailing = new AtomicBoolean();
        var own = new CompactedTopicViews(() -> consumer(isFailing), this::deserializer, Duration.ofSeconds(20));
        List<String> changes = new CopyOnWriteArrayList<>();
        own.open(Topic.CATALOG_METERS, Meter.class).onChange((key, value) -> {
            if (key.equals("mtr_again")) {
                changes.add(value == null ? "removed" : value.getDisplayName());
            }
        });
        kafka.send(Topic.Name.CATALOG_METERS, "mtr_again", meter("mtr_again", "first"))
                .join();
        kafka.send(Topic.Name.CATALOG_METERS, "mtr_again", meter("mtr_again", "second"))
                .join();

        own.start();
        try {
            isFailing.set(true);
            await().until(() -> !isFailing.get());
            kafka.send(Topic.Name.CATALOG_METERS, "mtr_again", meter("mtr_again", "third"))
                    .join();
            await().until(() -> changes.contains("third"));
        } finally {
            own.stop();
        }

        assertThat(changes).containsExactly("first", "second", "third");
    }

    private Consumer<String, byte[]> consumer(AtomicBoolean isFailing) {
        var config = new HashMap<>(consumers.getConfigurationProperties());
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer()) {

            @Override
            public ConsumerRecords<String, byte[]> poll(Duration timeout) {
                if (isFailing.compareAndSet(true, false)) {
                    throw new KafkaException("for a test");
                }
                return super.poll(timeout);
            }
        };
    }

    private Deserializer<?> deserializer() {
        var deserializer = new AvroDeserializer<>();
        deserializer.configure(consumers.getConfigurationProperties(), false);
        return deserializer;
    }

    @Test
    void refusesATopicThatIsNotCompacted() {
        assertThatThrownBy(() -> views.open(Topic.USAGE_EVENTS, UsageEvent.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not compacted");
    }
}
