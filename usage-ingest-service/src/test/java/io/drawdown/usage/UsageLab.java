package io.drawdown.usage;

import static org.awaitility.Awaitility.await;

import io.drawdown.events.Topic;
import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.catalog.Meter;
import io.drawdown.events.crm.Account;
import io.drawdown.events.crm.AccountStatus;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.events.usage.UsageCorrection;
import io.drawdown.events.usage.UsageEvent;
import io.drawdown.events.usage.UsageMeasure;
import io.drawdown.events.usage.UsageRejected;
import io.drawdown.events.usage.UsageTotal;
import io.drawdown.usage.wire.UsageEncoder;
import io.drawdown.wire.view.CompactedTopicView;
import io.drawdown.wire.view.CompactedTopicViews;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

/** What a test does to the service from outside: makes accounts and meters, sends usage, sees what comes out. */
public class UsageLab {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final KafkaTemplate<String, SpecificRecord> records;
    private final KafkaProducer<byte[], byte[]> bytes;
    private final Object bootstrapServers;
    private final CompactedTopicView<Account> accounts;
    private final CompactedTopicView<Meter> meters;
    private final CompactedTopicView<UsageTotal> totals;
    private final KafkaConsumer<String, SpecificRecord> outcomes;
    private final Map<String, Object> reading;
    private final List<ConsumerRecord<String, SpecificRecord>> seen = new ArrayList<>();

    @SuppressWarnings("unchecked")
    UsageLab(
            KafkaTemplate<String, ? extends SpecificRecord> records,
            ProducerFactory<?, ?> producers,
            ConsumerFactory<?, ?> consumers,
            CompactedTopicViews views) {
        this.records = (KafkaTemplate<String, SpecificRecord>) records;
        var producing = new HashMap<>(producers.getConfigurationProperties());
        this.bootstrapServers = producing.get("bootstrap.servers");
        this.bytes = new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
        this.accounts = views.open(Topic.CRM_ACCOUNTS, Account.class);
        this.totals = views.open(Topic.USAGE_TOTALS, UsageTotal.class);
        this.meters = views.open(Topic.CATALOG_METERS, Meter.class);
        this.reading = new HashMap<>(consumers.getConfigurationProperties());
        reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        this.outcomes = new KafkaConsumer<>(reading);
        outcomes.assign(Stream.of(Topic.USAGE_ACCEPTED, Topic.USAGE_REJECTED)
                .flatMap(UsageLab::partitions)
                .toList());
        outcomes.seekToBeginning(outcomes.assignment());
    }

    private static Stream<TopicPartition> partitions(Topic topic) {
        return IntStream.range(0, topic.partitions()).mapToObj(i -> new TopicPartition(topic.topicName(), i));
    }

    /** An id or name that no other test has. */
    public static String fresh(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    public String activeAccount(String... externalKeys) {
        var accountId = fresh("acc");
        publish(account(accountId, AccountStatus.ACTIVE, externalKeys));
        awaitKnown(accountId);
        return accountId;
    }

    /** An account that counts in a time zone of its own. */
    public String activeAccountIn(String timeZone) {
        var account = account(fresh("acc"), AccountStatus.ACTIVE);
        account.setTimeZone(timeZone);
        publish(account);
        awaitKnown(account.getAccountId());
        return account.getAccountId();
    }

    public String closedAccount() {
        var accountId = fresh("acc");
        publish(account(accountId, AccountStatus.CLOSED));
        awaitKnown(accountId);
        return accountId;
    }

    public void awaitKnown(String accountId) {
        await().atMost(PATIENCE).until(() -> accounts.get(accountId) != null);
    }

    public void close(String accountId) {
        publish(account(accountId, AccountStatus.CLOSED));
        await().atMost(PATIENCE).until(() -> accounts.get(accountId).getStatus() == AccountStatus.CLOSED);
    }

    /** Writes the account without waiting until the service knows it. */
    public void publish(Account account) {
        records.send(Topic.Name.CRM_ACCOUNTS, account.getAccountId(), account).join();
    }

    public static Account account(String accountId, AccountStatus status, String... externalKeys) {
        var at = Instant.parse("2026-01-01T00:00:00Z");
        return new Account(
                accountId,
                "Acme",
                "billing@example.com",
                null,
                "USD",
                status,
                null,
                List.of(externalKeys),
                at,
                at,
                "UTC");
    }

    /** @return the meter's event name */
    public String meter(Aggregation aggregation) {
        return meter(aggregation, "value");
    }

    public String meter(Aggregation aggregation, String valueKey) {
        var eventName = fresh("calls");
        makeMeter(eventName, aggregation, valueKey);
        return eventName;
    }

    public void makeMeter(String eventName, Aggregation aggregation, String valueKey) {
        var meter = new Meter(
                "mtr_" + eventName,
                eventName,
                "Calls",
                aggregation,
                valueKey,
                true,
                List.of(),
                Instant.parse("2026-01-01T00:00:00Z"));
        records.send(Topic.Name.CATALOG_METERS, meter.getMeterId(), meter).join();
        await().atMost(PATIENCE).until(() -> meters.get(meter.getMeterId()) != null);
    }

    public static UsageEvent event(String id, String type, String subject, String value) {
        return new UsageEvent(id, "/lab", type, subject, null, Map.of("value", value, "region", "eu"));
    }

    /** The last record of a total; null while there is none. */
    public @Nullable UsageTotal total(String key) {
        return totals.get(key);
    }

    /** Sends as a backend would: Avro, the account's id as key. */
    public RecordMetadata send(String key, UsageEvent event) {
        return records.send(Topic.Name.USAGE_EVENTS, key, event).join().getRecordMetadata();
    }

    /** Sends many without waiting for each. */
    public void sendAll(String key, Stream<UsageEvent> events) {
        events.map(event -> records.send(Topic.Name.USAGE_EVENTS, key, event))
                .toList()
                .forEach(CompletableFuture::join);
    }

    public RecordMetadata sendTo(int partition, String key, UsageEvent event) {
        return records.send(Topic.Name.USAGE_EVENTS, partition, key, event)
                .join()
                .getRecordMetadata();
    }

    public RecordMetadata sendBytes(String key, byte @Nullable [] value) {
        return stored(append(key, value));
    }

    public RecordMetadata sendBytesTo(int partition, byte[] key, byte[] value) {
        return stored(bytes.send(new ProducerRecord<>(Topic.Name.USAGE_EVENTS, partition, key, value)));
    }

    /** Sends the same value and header many times, several in a batch, as a producer does that has raised its limits. */
    public RecordMetadata sendCompressed(String key, byte[] value, byte[] header, int count) {
        int batch = 4 * (value.length + header.length);
        var config = new HashMap<String, Object>();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.MAX_VALUE);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, batch);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 3L * batch);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 200);
        try (var producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            var record = new ProducerRecord<>(Topic.Name.USAGE_EVENTS, key.getBytes(StandardCharsets.UTF_8), value);
            record.headers().add("large", header);
            return IntStream.range(0, count).mapToObj(_ -> producer.send(record)).toList().stream()
                    .map(UsageLab::stored)
                    .reduce((_, last) -> last)
                    .orElseThrow();
        }
    }

    private static RecordMetadata stored(Future<RecordMetadata> append) {
        try {
            return append.get();
        } catch (Exception e) {
            throw new IllegalStateException("The broker did not take the bytes", e);
        }
    }

    private Future<RecordMetadata> append(String key, byte @Nullable [] value) {
        return bytes.send(new ProducerRecord<>(Topic.Name.USAGE_EVENTS, key.getBytes(StandardCharsets.UTF_8), value));
    }

    /** Runs it while the broker stores nothing in usage.events.v1; at the end it does again. */
    public void whileNothingIsStored(Runnable test) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            largestRecord(admin, AlterConfigOp.OpType.SET, false);
            try {
                test.run();
            } finally {
                largestRecord(admin, AlterConfigOp.OpType.DELETE, true);
            }
        }
    }

    /** An encoder that has to ask a registry which is away. */
    public static UsageEncoder encoderWithoutRegistry() {
        // Nothing listens on the discard port.
        return new UsageEncoder(Map.of("schema.registry.url", "http://127.0.0.1:9", "max.retries", "0"));
    }

    /** A record of more than one byte is too large, or, without a limit of the topic's own, none of ours is. */
    private void largestRecord(Admin admin, AlterConfigOp.OpType change, boolean isStoredThen) {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, Topic.Name.USAGE_EVENTS);
        var limit = new AlterConfigOp(new ConfigEntry("max.message.bytes", "1"), change);
        var _ = admin.incrementalAlterConfigs(Map.of(topic, List.of(limit)));
        await().atMost(PATIENCE).until(() -> isStored("probe") == isStoredThen);
    }

    private boolean isStored(String poison) throws InterruptedException {
        try {
            append(poison, poison.getBytes(StandardCharsets.UTF_8)).get();
            return true;
        } catch (ExecutionException e) {
            return false;
        }
    }

    /** Writes what the gate writes when it lets the event of a position through. */
    public void sendAccepted(RecordMetadata position, String id, String accountId, String meterId) {
        records.send(acceptedRecord(position, id, accountId, meterId)).join();
    }

    /** As a gate that dies before it commits. */
    public void sendAcceptedWithoutCommit(RecordMetadata position, String id, String accountId, String meterId)
            throws Exception {
        var config = new HashMap<>(records.getProducerFactory().getConfigurationProperties());
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "usage-ingest-service-" + position.partition());
        try (var gate = new KafkaProducer<String, SpecificRecord>(config)) {
            gate.initTransactions();
            gate.beginTransaction();
            gate.send(acceptedRecord(position, id, accountId, meterId)).get();
            gate.close(Duration.ZERO);
        }
    }

    private static ProducerRecord<String, SpecificRecord> acceptedRecord(
            RecordMetadata position, String id, String accountId, String meterId) {
        var at = Instant.ofEpochMilli(position.timestamp());
        var accepted = new UsageAccepted(
                id,
                "/lab",
                accountId,
                meterId,
                "1",
                at,
                at,
                Map.of(),
                position.partition(),
                position.offset(),
                null,
                null);
        return new ProducerRecord<>(
                Topic.Name.USAGE_ACCEPTED, position.partition(), position.timestamp(), accountId, accepted);
    }

    /** Asks for a correction as a backend would, over Kafka; no replacement means void. */
    public RecordMetadata correct(String key, UsageCorrection correction) {
        return records.send(Topic.Name.USAGE_EVENTS, key, correction).join().getRecordMetadata();
    }

    public UsageCorrected corrected(String id) {
        return corrected(id, 1).getFirst();
    }

    public List<UsageCorrected> corrected(String id, int count) {
        return until(UsageCorrected.class, value -> value.getId().equals(id), count).stream()
                .map(ConsumerRecord::value)
                .toList();
    }

    /** Writes what the gate writes when it lets the voiding of usage through that stands at an offset. */
    public void sendVoided(RecordMetadata position, UsageCorrection request, String meterId, long usageOffset) {
        var at = Instant.ofEpochMilli(position.timestamp());
        var corrected = new UsageCorrected(
                request.getId(),
                request.getAccountId(),
                meterId,
                request.getUsageId(),
                request.getUsageSource(),
                usageOffset,
                new UsageMeasure("1", at, Map.of()),
                null,
                request.getReason(),
                request.getRequestedBy(),
                at,
                position.partition(),
                position.offset(),
                null,
                null);
        records.send(
                        Topic.Name.USAGE_ACCEPTED,
                        position.partition(),
                        position.timestamp(),
                        request.getAccountId(),
                        corrected)
                .join();
    }

    public List<ConsumerRecord<String, UsageAccepted>> accepted(String id, int count) {
        return until(UsageAccepted.class, value -> value.getId().equals(id), count);
    }

    public UsageAccepted accepted(String id) {
        return accepted(id, 1).getFirst().value();
    }

    public UsageRejected rejected(String id) {
        return rejected(id, 1).getFirst();
    }

    public List<UsageRejected> rejected(String id, int count) {
        return until(UsageRejected.class, value -> id.equals(value.getId()), count).stream()
                .map(ConsumerRecord::value)
                .toList();
    }

    public UsageRejected rejectedAt(RecordMetadata position) {
        return until(
                        UsageRejected.class,
                        value -> value.getSourcePartition() == position.partition()
                                && value.getSourceOffset() == position.offset(),
                        1)
                .getFirst()
                .value();
    }

    /** What came out so far for an id, after something that was sent later to the same partition has come out. */
    public List<ConsumerRecord<String, UsageAccepted>> acceptedBefore(String marker, String id) {
        accepted(marker);
        return matching(UsageAccepted.class, value -> value.getId().equals(id));
    }

    /** How many usages of an account came out before a marker. */
    public int countBefore(String marker, String accountId) {
        accepted(marker);
        return matching(UsageAccepted.class, value -> value.getAccountId().equals(accountId))
                        .size()
                - 1;
    }

    /** As {@link #acceptedBefore}, of a correction. */
    public List<UsageCorrected> correctedBefore(String marker, String id) {
        accepted(marker);
        return matching(UsageCorrected.class, value -> value.getId().equals(id)).stream()
                .map(ConsumerRecord::value)
                .toList();
    }

    /** The usage of an id that a reader sees who waits for commits. */
    public List<UsageAccepted> committed(String id, int count) {
        var config = new HashMap<>(reading);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        var found = new ArrayList<UsageAccepted>();
        try (var patient = new KafkaConsumer<String, SpecificRecord>(config)) {
            patient.assign(partitions(Topic.USAGE_ACCEPTED).toList());
            patient.seekToBeginning(patient.assignment());
            await().atMost(PATIENCE).until(() -> {
                patient.poll(Duration.ofMillis(20)).forEach(record -> {
                    if (record.value() instanceof UsageAccepted accepted
                            && accepted.getId().equals(id)) {
                        found.add(accepted);
                    }
                });
                return found.size() >= count;
            });
        }
        return found;
    }

    private <T extends SpecificRecord> List<ConsumerRecord<String, T>> until(
            Class<T> type, Predicate<T> wanted, int count) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
            poll();
            return matching(type, wanted).size() >= count;
        });
        return matching(type, wanted);
    }

    private synchronized void poll() {
        outcomes.poll(Duration.ofMillis(20)).forEach(seen::add);
    }

    private synchronized <T extends SpecificRecord> List<ConsumerRecord<String, T>> matching(
            Class<T> type, Predicate<T> wanted) {
        var found = new ArrayList<ConsumerRecord<String, T>>();
        for (var record : seen) {
            if (type.isInstance(record.value()) && wanted.test(type.cast(record.value()))) {
                @SuppressWarnings("unchecked") // Checked one line above.
                var typed = (ConsumerRecord<String, T>) (ConsumerRecord<String, ?>) record;
                found.add(typed);
            }
        }
        return found;
    }
}
