package io.drawdown.usage.totals;

import static io.drawdown.usage.UsageLab.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.Topic;
import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.events.usage.UsageEvent;
import io.drawdown.events.usage.UsageMeasure;
import io.drawdown.usage.UsageLab;
import io.drawdown.usage.UsageServiceTest;
import io.drawdown.usage.wire.RecordAge;
import io.drawdown.wire.deadletter.DeadLetters;
import io.drawdown.wire.deadletter.Portions;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.support.KafkaUtils;
import org.springframework.transaction.support.TransactionOperations;

@UsageServiceTest
@ExtendWith(OutputCaptureExtension.class)
class UnstoredTotalsIT {

    static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What they count is in nobody's way: the topic has no such partitions. */
    static final AtomicInteger FREE_PARTITIONS = new AtomicInteger(1_000);

    @Autowired
    UsageLab lab;

    @Autowired
    TotalsTable table;

    @Autowired
    Totals totals;

    @Autowired
    TransactionOperations transactions;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    ConsumerFactory<String, SpecificRecord> consumers;

    @Autowired
    MeterRegistry meters;

    @Autowired
    DeadLetters deadLetters;

    @Autowired
    ConfigurableApplicationContext context;

    Consumer<String, SpecificRecord> consumer;
    UnstoredTotals unstored;
    final String account = fresh("acc");
    final int partition = FREE_PARTITIONS.getAndIncrement();

    @BeforeEach
    void begin() {
        consumer = consumers.createConsumer(fresh("totals-test"), null);
        unstored = unstored();
    }

    @AfterEach
    void end() {
        consumer.close();
    }

    @Test
    void countsNothingTwiceThatComesAgain() {
        unstored.add(partition, usage(1, "1"));
        unstored.add(partition, usage(2, "2"));
        unstored.add(partition, usage(2, "2"));
        assertThat(unstored.events()).isEqualTo(2);
        unstored.store();

        unstored.add(partition, usage(2, "2"));
        unstored.store();

        assertThat(stored()).isEqualTo("3");
    }

    @Test
    void dropsSumsOfWhatAnotherInstanceHasCounted() {
        var other = unstored();
        unstored.add(partition, usage(1, "1"));
        other.add(partition, usage(1, "1"));
        other.add(partition, usage(2, "2"));
        other.store();

        unstored.add(partition, usage(2, "2"));
        assertThatThrownBy(unstored::store).isInstanceOf(DisplacedException.class);
        assertThat(stored()).isEqualTo("3");

        unstored.drop();
        unstored.add(partition, usage(1, "1"));
        unstored.add(partition, usage(2, "2"));
        unstored.add(partition, usage(3, "4"));
        unstored.store();
        assertThat(stored()).isEqualTo("7");
    }

    @Test
    void waitsForMoreBehindAFullBatchAndStoresBehindTheLastOne() {
        var listener = listener();
        var full = new ArrayList<ConsumerRecord<String, SpecificRecord>>();
        for (int offset = 1; offset <= AcceptedUsageListener.POLLED_AT_ONCE; offset++) {
            full.add(record(offset, usage(offset, "1")));
        }

        listener.on(full, consumer);
        assertThat(unstored.events()).isEqualTo(full.size());

        listener.on(List.of(record(5_000, usage(5_000, "1"))), consumer);
        assertThat(unstored.events()).isZero();
        assertThat(stored()).isEqualTo("2001");
    }

    @Test
    void storesBehindAFullBatchWhoseDimensionsAreLong() {
        var full = new ArrayList<ConsumerRecord<String, SpecificRecord>>();
        int length = AcceptedUsageListener.CHARACTERS_AT_ONCE / AcceptedUsageListener.POLLED_AT_ONCE / 2;
        for (int offset = 1; offset <= AcceptedUsageListener.POLLED_AT_ONCE; offset++) {
            var usage = usage(offset, "1");
            usage.setDimensions(Map.of("region", offset + "r".repeat(length), "model", "m".repeat(length)));
            full.add(record(offset, usage));
        }

        listener().on(full, consumer);

        assertThat(unstored.events()).isZero();
        assertThat(stored()).isEqualTo("2000");
    }

    @Test
    void restsBehindAStoringAndThenStoresWhatHasComeMeanwhile() {
        var nanos = new AtomicLong();
        var pace = new Pace(9, Duration.ofSeconds(10), nanos::get);
        var listener = listener(pace);
        pace.keep(() -> nanos.addAndGet(1_000));

        listener.on(List.of(record(1, usage(1, "1"))), consumer);
        assertThat(unstored.events())
                .as("events that wait for the end of the rest")
                .isEqualTo(1);

        nanos.addAndGet(9_000);
        listener.on(List.of(record(2, usage(2, "2"))), consumer);
        assertThat(unstored.events()).isZero();
        assertThat(stored()).isEqualTo("3");
    }

    /** Be it in the middle of a rest: nothing may come for days. */
    @Test
    void storesWhatWaitsForMoreWhenNothingComes() {
        var nanos = new AtomicLong();
        var pace = new Pace(9, Duration.ofDays(1), nanos::get);
        var listener = listener(pace);
        pace.keep(() -> nanos.addAndGet(1_000));
        unstored.add(partition, usage(1, "3"));

        context.addApplicationListener((ListenerContainerIdleEvent event) -> listener.onIdle(event));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(stored()).isEqualTo("3"));
    }

    /** It is stored at once, rest or not. */
    @Test
    void commitsACorrectionThatComesAloneInARestWhenNothingElseComes() {
        var nanos = new AtomicLong();
        var pace = new Pace(9, Duration.ofDays(1), nanos::get);
        var listener = listener(pace);
        unstored.add(partition, usage(1, "3"));
        unstored.store();
        pace.keep(() -> nanos.addAndGet(1_000));
        var read = accepted(fresh("evt"), lab.activeAccount(), lab.meter(Aggregation.SUM));
        var from = new TopicPartition(read.topic(), read.partition());
        consumer.assign(List.of(from));
        consumer.seek(from, read.offset() + 1);

        listener.on(List.of(record(2, voided(2, 1, "3"))), consumer);
        assertThat(stored()).isEqualTo("0");
        assertThat(consumer.committed(Set.of(from))).as("committed in the rest").containsEntry(from, null);

        listener.onIdle(idle());
        await().atMost(PATIENCE).untilAsserted(() -> {
            consumer.poll(Duration.ofMillis(10));
            assertThat(consumer.committed(Set.of(from)).get(from))
                    .isNotNull()
                    .extracting(OffsetAndMetadata::offset)
                    .isEqualTo(read.offset() + 1);
        });
    }

    @Test
    void putsAsideARecordThatItDoesNotKnowAndCountsTheOthers() {
        var group = fresh("totals");
        var strange = record(2, new UsageEvent("evt", "/lab", "calls", account, AT, Map.of()));
        KafkaUtils.setConsumerGroupId(group);
        try {
            listener().on(List.of(record(1, usage(1, "4")), strange, record(3, usage(3, "8"))), consumer);
        } finally {
            KafkaUtils.clearConsumerGroupId();
        }
        assertThat(stored()).isEqualTo("12");
        consumer.subscribe(List.of(Topic.Name.USAGE_ACCEPTED + "." + group + ".dlt"));
        assertThat(polled().getFirst().value()).isEqualTo(strange.value());
    }

    @Test
    void hasReadAgainWhatWasNotStored() {
        var accepted = accepted(fresh("evt"), lab.activeAccount(), lab.meter(Aggregation.SUM));
        var from = new TopicPartition(accepted.topic(), accepted.partition());
        consumer.assign(List.of(from));
        consumer.seek(from, accepted.offset());
        var records = new UnstoredRecords();

        records.add(polled());
        records.rewind(ConsumerRecords.empty(), consumer);
        var again = polled();
        assertThat(again.getFirst().offset()).isEqualTo(accepted.offset());

        records.rewind(new ConsumerRecords<>(Map.of(from, again), Map.of()), consumer);
        assertThat(polled().getFirst().offset())
                .as("what a batch brought and nobody added")
                .isEqualTo(accepted.offset());

        records.rewind(ConsumerRecords.empty(), consumer);
        assertThat(consumer.position(from)).as("position when nothing waits").isGreaterThan(accepted.offset());
    }

    /** Nobody's totals but those of the partition wait for it. */
    @Test
    void namesWhatTheDatabaseRefusesAndCountsItOnceWhenItNoLongerDoes(CapturedOutput log) {
        var refused = lab.activeAccount();
        var meter = lab.meter(Aggregation.SUM);
        refuse(refused);
        try {
            var id = fresh("evt");
            var first = accepted(id, refused, meter);
            accepted(id + "-2", refused, meter);
            var elsewhere = accountOfAnotherPartition(first.partition());
            accepted(fresh("evt"), elsewhere, meter);
            var name = "UsageAccepted %s of %s at %s-%d@%d"
                    .formatted(id, refused, first.topic(), first.partition(), first.offset());
            await().atMost(PATIENCE).until(() -> stuck() == 1 && refusals() >= 3);
            assertThat(table.position(first.partition()))
                    .isLessThan(first.value().getSourceOffset());
            assertThat(log.getAll().split(name, -1)).as("said once").hasSize(2);
            assertThat(log.getAll()).contains("refused for a while");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(stored(elsewhere)).isEqualTo("1"));
        } finally {
            jdbc.execute("drop trigger refuses on usage_total");
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(stored(refused)).isEqualTo("2"));
        await().atMost(PATIENCE).until(() -> stuck() == 0);
    }

    String accountOfAnotherPartition(int partition) {
        return Stream.generate(() -> lab.activeAccount())
                .filter(other -> BuiltInPartitioner.partitionForKey(
                                other.getBytes(StandardCharsets.UTF_8), Topic.USAGE_ACCEPTED.partitions())
                        != partition)
                .findFirst()
                .orElseThrow();
    }

    double stuck() {
        return meters.get("drawdown.listener.stuck")
                .tag("listener", AcceptedUsageListener.ID)
                .gauge()
                .value();
    }

    /** A sequence counts what is rolled back, too. */
    void refuse(String accountId) {
        jdbc.execute("create sequence refusals");
        jdbc.execute("""
                create function refuse() returns trigger language plpgsql as $$
                begin
                    if new.account_id = '%s' then
                        perform nextval('refusals');
                        raise exception 'refused for a while';
                    end if;
                    return new;
                end $$
                """.formatted(accountId));
        jdbc.execute("create trigger refuses before insert on usage_total for each row execute function refuse()");
    }

    long refusals() {
        return jdbc.queryForObject("select last_value from refusals", Long.class);
    }

    AcceptedUsageListener listener() {
        return listener(new Pace(0, Duration.ZERO, System::nanoTime));
    }

    AcceptedUsageListener listener(Pace pace) {
        return new AcceptedUsageListener(
                unstored,
                new UnstoredRecords(),
                new Portions(AcceptedUsageListener.ID),
                deadLetters,
                pace,
                new RecordAge(meters, "test.age", "", Clock.systemUTC()));
    }

    UnstoredTotals unstored() {
        return new UnstoredTotals(table, totals, transactions);
    }

    ConsumerRecord<String, UsageAccepted> accepted(String id, String accountId, String meter) {
        lab.send(accountId, UsageLab.event(id, meter, accountId, "1"));
        return lab.accepted(id, 1).getFirst();
    }

    List<ConsumerRecord<String, SpecificRecord>> polled() {
        var polled = new ArrayList<ConsumerRecord<String, SpecificRecord>>();
        await().atMost(PATIENCE).until(() -> {
            consumer.poll(Duration.ofMillis(100)).forEach(polled::add);
            return !polled.isEmpty();
        });
        return polled;
    }

    ListenerContainerIdleEvent idle() {
        return new ListenerContainerIdleEvent(
                this, this, 1_000, AcceptedUsageListener.ID + "-0", List.of(), consumer, false);
    }

    ConsumerRecord<String, SpecificRecord> record(long offset, SpecificRecord value) {
        return new ConsumerRecord<>(Topic.Name.USAGE_ACCEPTED, partition, offset, account, value);
    }

    UsageAccepted usage(long offset, String value) {
        return new UsageAccepted(
                "evt-" + offset, "/lab", account, "mtr_calls", value, AT, AT, Map.of(), partition, offset, null, null);
    }

    UsageCorrected voided(long offset, long usage, String value) {
        return new UsageCorrected(
                fresh("cor"),
                account,
                "mtr_calls",
                "evt-" + usage,
                "/lab",
                usage,
                new UsageMeasure(value, AT, Map.of()),
                null,
                "wrong",
                "ann",
                AT,
                partition,
                offset,
                null,
                null);
    }

    String stored() {
        return stored(account);
    }

    String stored(String accountId) {
        return jdbc.queryForObject(
                "select sum(sum)::text from usage_total where account_id = ? and span = 'DAY'",
                String.class,
                accountId);
    }
}
