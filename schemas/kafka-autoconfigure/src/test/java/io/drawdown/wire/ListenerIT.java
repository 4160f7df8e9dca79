package io.drawdown.wire;

import static io.drawdown.wire.Records.account;
import static io.drawdown.wire.Records.leadConverted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.Topic;
import io.drawdown.support.test.Platform;
import io.drawdown.wire.deadletter.DeadLetters;
import io.drawdown.wire.listening.ListenersHealth;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Status;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaTemplate;

@WireIntegrationTest
class ListenerIT {

    @Autowired
    KafkaTemplate<String, SpecificRecord> kafka;

    @Autowired
    TestService.Accounts accounts;

    @Autowired
    TestService.CrmEvents crmEvents;

    @Autowired
    ListenersHealth health;

    @Autowired
    KafkaListenerEndpointRegistry listeners;

    @Test
    void handsOverWhatTheTemplateSendsWithCloudEventsHeadersAndATrace() {
        kafka.send(Topic.Name.CRM_ACCOUNTS, "plain-1", account("plain-1", "Plain"))
                .join();

        await().until(() -> accounts.handledKeys().contains("plain-1"));
        var handled = accounts.handled.stream()
                .filter(each -> each.key().equals("plain-1"))
                .findFirst()
                .orElseThrow();
        assertThat(handled.value()).isEqualTo(account("plain-1", "Plain"));
        var headers = EventHeaders.readFrom(handled.headers());
        assertThat(headers).isNotNull();
        assertThat(headers.type()).isEqualTo("io.drawdown.events.crm.Account");
        assertThat(headers.source()).isEqualTo("wire-test");
        assertThat(headers.traceparent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-3]");
        assertThat(handled.headers().headers(EventHeaders.TRACEPARENT)).hasSize(1);
    }

    @Test
    void handsOverATombstoneAsNull() {
        kafka.send(Topic.Name.CRM_ACCOUNTS, "gone-1", null).join();

        await().until(() -> accounts.handledKeys().contains("gone-1"));
    }

    @Test
    void putsAsideWhatKeepsFailingAndHandlesWhatIsBehindIt() {
        kafka.send(Topic.Name.CRM_ACCOUNTS, 0, "bad-1", account("bad-1", "poison"))
                .join();
        kafka.send(Topic.Name.CRM_ACCOUNTS, 0, "good-1", account("good-1", "Good"))
                .join();

        await().until(() -> accounts.handledKeys().contains("good-1"));
        assertThat(accounts.attempts.stream().filter("bad-1"::equals)).hasSize(3);
        var dead = RawKafka.read(
                        "crm.accounts.v1.wire-test.dlt", 1, each -> each.key().equals("bad-1"))
                .getFirst();
        assertThat(EventHeaders.text(dead.headers(), DeadLetters.REASON))
                .isEqualTo("IllegalArgumentException: nobody can handle bad-1");
        assertThat(EventHeaders.text(dead.headers(), DeadLetters.POSITION)).startsWith("crm.accounts.v1-0@");
        assertThat(EventHeaders.text(dead.headers(), EventHeaders.TYPE)).isEqualTo("io.drawdown.events.crm.Account");
        assertThat(dead.partition()).isZero();
        assertThat(dead.value()[0]).isZero();
    }

    @Test
    void putsAsideUndecodableBytesAsTheyCame() throws Exception {
        byte[] garbage = {42, 1, 2, 3, 4, 5};
        RawKafka.write(Topic.Name.CRM_ACCOUNTS, "garbage-1", garbage);
        kafka.send(Topic.Name.CRM_ACCOUNTS, "garbage-1", account("garbage-1", "Behind"))
                .join();

        await().until(() -> accounts.handledKeys().contains("garbage-1"));
        var dead = RawKafka.read(
                        "crm.accounts.v1.wire-test.dlt", 1, each -> each.key().equals("garbage-1"))
                .getFirst();
        assertThat(dead.value()).isEqualTo(garbage);
        assertThat(EventHeaders.text(dead.headers(), DeadLetters.REASON)).contains("wire format");
        assertThat(accounts.handled.stream().filter(each -> each.key().equals("garbage-1")))
                .as("undecodable bytes are no tombstone")
                .hasSize(1);
    }

    @Test
    void waitsForADatabaseThatIsDownInsteadOfGivingUp() {
        accounts.down.add("down-1");
        kafka.send(Topic.Name.CRM_ACCOUNTS, "down-1", account("down-1", "Patient"))
                .join();
        await().until(() -> accounts.attempts.stream().filter("down-1"::equals).count() > 5);

        accounts.down.clear();

        await().until(() -> accounts.handledKeys().contains("down-1"));
    }

    @Test
    void waitsForADatabaseThatTakesNoChanges() {
        accounts.readOnly.add("read-only-1");
        kafka.send(Topic.Name.CRM_ACCOUNTS, "read-only-1", account("read-only-1", "Patient"))
                .join();
        await().until(() ->
                accounts.attempts.stream().filter("read-only-1"::equals).count() > 5);

        accounts.readOnly.clear();

        await().until(() -> accounts.handledKeys().contains("read-only-1"));
    }

    @Test
    void putsPoisonAsideAlsoAfterTheDatabaseWasDown() {
        accounts.readOnly.add("bad-2");
        kafka.send(Topic.Name.CRM_ACCOUNTS, 0, "bad-2", account("bad-2", "poison"))
                .join();
        await().until(() -> accounts.attempts.stream().filter("bad-2"::equals).count() > 5);

        accounts.readOnly.clear();

        var dead = RawKafka.read(
                "crm.accounts.v1.wire-test.dlt", 1, each -> each.key().equals("bad-2"));
        assertThat(EventHeaders.text(dead.getFirst().headers(), DeadLetters.REASON))
                .isEqualTo("IllegalArgumentException: nobody can handle bad-2");
    }

    @Test
    void listensAgainAfterAnError() {
        accounts.fatal.add("fatal-1");
        kafka.send(Topic.Name.CRM_ACCOUNTS, "fatal-1", account("fatal-1", "Survivor"))
                .join();

        await().until(() -> accounts.handledKeys().contains("fatal-1"));
        await().until(() -> health.health().getStatus().equals(Status.UP));
    }

    @Test
    void isDownWhileAListenerDoesNotRun() {
        var container = listeners.getListenerContainer("accounts");
        container.stop();

        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.health().getDetails()).containsEntry("notRunning", List.of("accounts"));

        container.start();
        await().until(() -> health.health().getStatus().equals(Status.UP));
    }

    @Test
    void takesUndecodableRecordsOutOfABatch() throws Exception {
        byte[] unknownSchema = {0, 0x7f, 0, 0, 1, 9};
        kafka.send(Topic.Name.CRM_EVENTS, "batch-1", leadConverted("batch-1")).join();
        RawKafka.write(Topic.Name.CRM_EVENTS, "batch-1", unknownSchema);
        kafka.send(Topic.Name.CRM_EVENTS, "batch-1", leadConverted("batch-2")).join();

        await().until(() -> crmEvents.handled.stream()
                .anyMatch(each -> leadConverted("batch-2").equals(each.value())));
        var dead = RawKafka.read(
                        "crm.events.v1.wire-test.dlt", 1, each -> each.key().equals("batch-1"))
                .getFirst();
        assertThat(dead.value()).isEqualTo(unknownSchema);
        assertThat(EventHeaders.text(dead.headers(), DeadLetters.REASON)).contains("knows no schema with id");
    }

    @Test
    void doesNotCallABatchListenerWhenNothingReadableIsLeft() throws Exception {
        RawKafka.write(Topic.Name.CRM_EVENTS, "only-poison", new byte[] {42});
        RawKafka.read("crm.events.v1.wire-test.dlt", 1, each -> each.key().equals("only-poison"));
        kafka.send(Topic.Name.CRM_EVENTS, "only-poison", leadConverted("behind-poison"))
                .join();

        await().until(() -> crmEvents.handled.stream()
                .anyMatch(each -> leadConverted("behind-poison").equals(each.value())));
        assertThat(crmEvents.emptyBatches).hasValue(0);
        await().until(() -> committed(Topic.Name.CRM_EVENTS) == ends(Topic.Name.CRM_EVENTS));
    }

    @Test
    void readsABatchAgainWhenSomethingIsDown() {
        crmEvents.down = true;
        kafka.send(Topic.Name.CRM_EVENTS, "again-1", leadConverted("again-1")).join();
        await().until(() -> crmEvents.failures.get() > 4);

        crmEvents.down = false;

        await().until(() -> crmEvents.handledKeys().contains("again-1"));
    }

    private static long committed(String topic) throws Exception {
        try (var admin = admin()) {
            return admin.listConsumerGroupOffsets("wire-test").partitionsToOffsetAndMetadata().get().entrySet().stream()
                    .filter(each -> each.getKey().topic().equals(topic))
                    .mapToLong(each -> each.getValue().offset())
                    .sum();
        }
    }

    private static long ends(String topic) throws Exception {
        try (var admin = admin()) {
            var latest = IntStream.range(0, Topic.CRM_EVENTS.partitions())
                    .boxed()
                    .collect(Collectors.toMap(i -> new TopicPartition(topic, i), i -> OffsetSpec.latest()));
            return admin.listOffsets(latest).all().get().values().stream()
                    .mapToLong(ListOffsetsResultInfo::offset)
                    .sum();
        }
    }

    private static Admin admin() {
        return Admin.create(
                Map.<String, Object>of("bootstrap.servers", Platform.kafka().bootstrapServers()));
    }
}
