package io.drawdown.usage.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.events.Topic;
import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.usage.UsageLab;
import io.drawdown.usage.UsageServiceTest;
import io.drawdown.usage.directory.Admissions;
import io.drawdown.usage.domain.Usage;
import io.drawdown.usage.wire.UsageDecoder;
import io.drawdown.usage.wire.UsageEncoder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** Positions that come again after a crash, with the claims that survived it: Kafka's own harness sets the offsets. */
@UsageServiceTest
class GateReplayIT {

    static final Duration HORIZON = Duration.ofDays(35).plusMinutes(5);
    static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    @Autowired
    UsageLab lab;

    @Autowired
    UsageDecoder decoder;

    @Autowired
    UsageEncoder encoder;

    @Autowired
    Admissions admissions;

    @TempDir
    Path state;

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    MockProcessorContext<byte[], SpecificRecord> context;
    WindowStore<Bytes, Long> claims;
    GateProcessor gate;
    String account;
    String type;

    @BeforeEach
    void open() {
        account = lab.activeAccount();
        type = lab.meter(Aggregation.SUM);
        var settings = new Properties();
        settings.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG, "replay-test",
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1",
                StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StateMemory.class));
        context = new MockProcessorContext<>(settings, new TaskId(0, 0), state.toFile());
        claims = ClaimStore.builder(HORIZON).withLoggingDisabled().build();
        claims.init(context.getStateStoreContext(), claims);
        gate = new GateProcessor(
                decoder, admissions.forQueue(), new Placement(1), new GateMetrics(meters), Clock.systemUTC(), HORIZON);
        gate.init(context);
    }

    @AfterEach
    void close() {
        claims.close();
    }

    @Test
    void emitsAPositionAgainThatComesAgain() {
        assertThat(process(5, "evt-1", "1")).containsExactly(5L);
        assertThat(process(5, "evt-1", "1")).containsExactly(5L);

        assertThat(meters.counter("drawdown.usage.replays").count()).isEqualTo(1);
        assertThat(meters.counter("drawdown.usage.repeats").count()).isZero();
    }

    @Test
    void dropsALaterPositionOfTheSameEventEachTimeItComes() {
        assertThat(process(5, "evt-1", "1")).containsExactly(5L);
        assertThat(process(6, "evt-1", "1")).isEmpty();

        assertThat(process(5, "evt-1", "1")).containsExactly(5L);
        assertThat(process(6, "evt-1", "1")).isEmpty();
        assertThat(meters.counter("drawdown.usage.repeats").count()).isEqualTo(2);
    }

    @Test
    void keepsToTheMendedCopyWhenTheRefusedOriginalWouldPassNow() {
        assertThat(process(5, "evt-1", "many")).isEmpty();
        assertThat(process(6, "evt-1", "1")).containsExactly(6L);

        assertThat(process(5, "evt-1", "1")).isEmpty();
        assertThat(process(6, "evt-1", "1")).containsExactly(6L);
    }

    @Test
    void doesNotRefuseAReplayBecauseTheAccountHasClosedSince() {
        assertThat(process(5, "evt-1", "1")).containsExactly(5L);

        lab.close(account);

        assertThat(process(5, "evt-1", "1")).containsExactly(5L);
        assertThat(process(6, "evt-2", "1")).isEmpty();
        assertThat(meters.counter("drawdown.usage.rejected", "reason", "closed-account")
                        .count())
                .isEqualTo(1);
    }

    /** @return the source offsets of what was accepted at this step */
    private List<Long> process(long offset, String id, String value) {
        context.resetForwards();
        context.setRecordMetadata(Topic.Name.USAGE_EVENTS, 0, offset);
        var usage = new Usage(id, "/lab", type, account, null, Map.of("value", value));
        gate.process(
                new Record<>(account.getBytes(StandardCharsets.UTF_8), encoder.event(usage), START.toEpochMilli()));
        return context.forwarded(GateTopology.ACCEPTED).stream()
                .map(forward -> ((UsageAccepted) forward.record().value()).getSourceOffset())
                .toList();
    }
}
