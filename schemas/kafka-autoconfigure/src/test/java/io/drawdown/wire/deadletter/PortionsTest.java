package io.drawdown.wire.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.events.usage.UsageEvent;
import io.drawdown.wire.Records;
import io.drawdown.wire.deadletter.Portions.Work;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PortionsTest {

    private final Portions portions = new Portions("usage");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    /** What a listener keeps in its store; a record that is there is not read again. */
    private final List<String> stored = new ArrayList<>();

    private final List<Integer> attempts = new ArrayList<>();
    private int failedAlone;
    private final Set<String> poison = new HashSet<>();
    private int most = Integer.MAX_VALUE;

    /** What the listener has set aside; null when it sets nothing aside. */
    private @Nullable List<String> aside;

    @BeforeEach
    void measure() {
        portions.bindTo(meters);
    }

    @Test
    void handlesABatchAtOnce() {
        read(Stream.concat(records(0, 100), records(1, 100)).toList());

        assertThat(attempts).containsExactly(200);
        assertThat(portions.areReduced()).isFalse();
    }

    @Test
    void whatIsTooMuchGoesThroughInSmallerPortionsAndLaterWholeAgain() {
        most = 7;
        var batch = records(0, 100).toList();
        readUntilStored(batch);

        assertThat(stored).isEqualTo(batch.stream().map(ConsumerRecord::key).toList());
        assertThat(attempts).startsWith(100, 50, 25, 12, 6).contains(6);

        most = Integer.MAX_VALUE;
        readUntilStored(records(0, 300).skip(100).toList());
        assertThat(portions.areReduced()).isFalse();
        attempts.clear();
        read(records(0, 400).skip(300).toList());
        assertThat(attempts).containsExactly(100);
    }

    @Test
    void aRecordThatFailsAloneStopsItsPartitionOnly() {
        poison.add("1@2");
        var batch = Stream.concat(records(0, 9), Stream.concat(records(1, 9), records(2, 9)))
                .toList();
        for (int i = 0; i < 20; i++) {
            readAndFail(batch);
        }

        assertThat(stored).hasSize(20).contains("0@8", "1@1", "2@8");
        assertThat(stuck()).isOne();

        poison.clear();
        readUntilStored(batch);
        assertThat(stored).doesNotHaveDuplicates().hasSize(27);
        assertThat(stored.stream().filter(key -> key.startsWith("1@"))).isSorted();
        assertThat(stuck()).isZero();
    }

    @Test
    void aRecordThatFailsAloneAgainAndAgainIsSetAside() {
        poison.add("0@3");
        aside = new ArrayList<>();
        var batch = records(0, 9).toList();
        readUntilStored(batch);

        assertThat(stored).containsExactly("0@0", "0@1", "0@2", "0@3", "0@4", "0@5", "0@6", "0@7", "0@8");
        assertThat(aside).containsExactly("0@3");
        assertThat(failedAlone).as("three times").isEqualTo(3);
        assertThat(stuck()).isZero();
    }

    @Test
    void whatPassesByWaitingIsNeverSetAside() {
        aside = new ArrayList<>();
        var patient = new Portions("usage", failure -> "poison".equals(failure.getMessage()));
        poison.add("0@0");
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> patient.handle(records(0, 1).toList(), work()))
                    .isInstanceOf(UnhandledException.class);
        }
        assertThat(aside).isEmpty();
    }

    @Test
    void partitionsThatAreStuckHaveTheirTurnOneAfterTheOther() {
        poison.addAll(List.of("0@0", "1@0"));
        var batch = Stream.concat(records(0, 3), records(1, 3)).toList();
        for (int i = 0; i < 10; i++) {
            readAndFail(batch);
        }
        assertThat(stuck()).isEqualTo(2);

        poison.remove("1@0");
        readAndFail(batch);
        readAndFail(batch);
        assertThat(stored).containsExactly("1@0", "1@1", "1@2");
    }

    @Test
    void namesTheRecordThatFailsAlone() {
        poison.add("3@0");
        assertThatThrownBy(() -> read(records(3, 1).toList()))
                .hasMessageContaining(
                        "UsageEvent evt-0 of 3@0 at usage.accepted.v1-3@0 cannot be handled, not even alone")
                .hasMessageContaining("IllegalStateException: poison")
                .hasRootCauseMessage("poison");
    }

    @Test
    void saysThatABatchFailedAndWhatFollows() {
        poison.add("3@1");
        assertThatThrownBy(() -> read(records(3, 2).toList()))
                .hasMessageStartingWith(
                        "2 records (from offsets {usage.accepted.v1-3=0}) could not be handled at once, in PT")
                .hasMessageEndingWith(" and follow in smaller portions: java.lang.IllegalStateException: poison");
    }

    @Test
    void aPartitionThatComesBackBeginsWhole() {
        poison.add("0@0");
        assertThatThrownBy(() -> read(records(0, 1).toList())).isInstanceOf(UnhandledException.class);
        assertThat(stuck()).isOne();

        portions.forget(List.of(new TopicPartition("usage.accepted.v1", 0)));

        assertThat(stuck()).isZero();
        assertThat(portions.areReduced()).isFalse();
    }

    @Test
    void aDatabaseThatIsDownMakesNothingSmaller() {
        var down = new IllegalStateException(new SQLTransientConnectionException("no connection within 30s"));
        assertThatThrownBy(() -> portions.handle(records(0, 9).toList(), _ -> {
                    throw down;
                }))
                .isSameAs(down);
        assertThat(portions.areReduced()).isFalse();
    }

    private void readUntilStored(List<ConsumerRecord<String, UsageEvent>> batch) {
        while (!stored.containsAll(batch.stream().map(ConsumerRecord::key).toList())) {
            try {
                read(batch);
            } catch (UnhandledException e) {
                // It is read again.
            }
        }
    }

    private void readAndFail(List<ConsumerRecord<String, UsageEvent>> batch) {
        assertThatThrownBy(() -> read(batch)).isInstanceOf(UnhandledException.class);
    }

    /** From where the store stands. */
    private void read(List<ConsumerRecord<String, UsageEvent>> batch) {
        var rest =
                batch.stream().filter(record -> !stored.contains(record.key())).toList();
        portions.handle(rest, work());
    }

    private Work<String, UsageEvent> work() {
        return new Work<>() {

            @Override
            public void handle(List<ConsumerRecord<String, UsageEvent>> records) {
                store(records);
            }

            @Override
            public boolean setAside(ConsumerRecord<String, UsageEvent> record, RuntimeException failure) {
                assertThat(failure).hasMessage("poison");
                if (aside != null) {
                    aside.add(record.key());
                    stored.add(record.key());
                }
                return aside != null;
            }
        };
    }

    private void store(List<ConsumerRecord<String, UsageEvent>> portion) {
        attempts.add(portion.size());
        var keys = portion.stream().map(ConsumerRecord::key).toList();
        if (portion.size() > most) {
            throw new IllegalStateException("too much");
        }
        if (keys.stream().anyMatch(poison::contains)) {
            failedAlone += keys.size() == 1 ? 1 : 0;
            throw new IllegalStateException("poison");
        }
        stored.addAll(keys);
    }

    private double stuck() {
        return meters.get("drawdown.listener.stuck")
                .tag("listener", "usage")
                .gauge()
                .value();
    }

    private static Stream<ConsumerRecord<String, UsageEvent>> records(int partition, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ConsumerRecord<>("usage.accepted.v1", partition, i, partition + "@" + i, usage(i)));
    }

    private static UsageEvent usage(int number) {
        return new UsageEvent("evt-" + number, "/lab", "calls", "acc", Records.NOW, Map.of());
    }
}
