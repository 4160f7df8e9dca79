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
import io.drawdown.wire.avro.AvroDeserializer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;

/** What the topology does as months go by; {@link RestartIT} has what it does when positions come again. */
@UsageServiceTest
class GateTopologyIT {

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

    @Autowired
    ConsumerFactory<?, ?> consumers;

    @Autowired
    ProducerFactory<?, ?> producers;

    @TempDir
    Path state;

    String account;
    String type;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    TopologyTestDriver driver;
    TestInputTopic<byte[], byte[]> events;
    TestOutputTopic<String, UsageAccepted> accepted;

    @BeforeEach
    void begin() {
        account = lab.activeAccount();
        type = lab.meter(Aggregation.SUM);
        open();
    }

    @AfterEach
    void end() {
        driver.close();
    }

    @Test
    void recognisesARepeatToTheEndOfTheHorizon() {
        for (int day = 0; day < 40; day += 3) {
            var at = START.plus(Duration.ofDays(day));
            send("evt-" + day, at);
            send("evt-" + day, at.plus(HORIZON));
        }

        assertThat(accepted.readValuesToList()).hasSize(14);
    }

    @Test
    void forgetsInTheEndSoThatTheDiskStaysBounded() {
        send("evt-1", START);
        for (int day = 10; day <= 120; day += 10) {
            send("filler-" + day, START.plus(Duration.ofDays(day)));
        }
        send("evt-1", START.plus(Duration.ofDays(121)));

        assertThat(accepted.readValuesToList())
                .extracting(UsageAccepted::getId)
                .filteredOn("evt-1"::equals)
                .hasSize(2);
    }

    @Test
    void tellsSourcesApart() {
        send("evt-1", START);
        send(new Usage("evt-1", "/another", type, account, null, Map.of("value", "1")), START);

        assertThat(accepted.readValuesToList())
                .extracting(UsageAccepted::getSource)
                .containsExactly("/lab", "/another");
    }

    private void send(String id, Instant at) {
        send(new Usage(id, "/lab", type, account, null, Map.of("value", "1")), at);
    }

    private void send(Usage usage, Instant at) {
        events.pipeInput(account.getBytes(StandardCharsets.UTF_8), encoder.event(usage), at);
    }

    private void open() {
        // One partition: the driver has no other, so every key is where it belongs.
        SentRecords nothing = (_, _, _) -> {};
        var processors =
                new Processors(decoder, admissions, new GateMetrics(meters), HORIZON, Clock.systemUTC(), nothing);
        var topics = new GateTopics.UsageTopics(1, Uuid.ZERO_UUID);
        var settings = new Properties();
        settings.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                "topology-test",
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                "unused:1",
                StreamsConfig.STATE_DIR_CONFIG,
                state.toString(),
                StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG,
                StateMemory.class));
        driver = new TopologyTestDriver(
                processors.topology(topics, producers.getConfigurationProperties()), settings, START);
        events = driver.createInputTopic(Topic.Name.USAGE_EVENTS, new ByteArraySerializer(), new ByteArraySerializer());
        accepted = driver.createOutputTopic(Topic.Name.USAGE_ACCEPTED, new StringDeserializer(), avro());
    }

    private <T extends SpecificRecord> AvroDeserializer<T> avro() {
        var deserializer = new AvroDeserializer<T>();
        deserializer.configure(consumers.getConfigurationProperties(), false);
        return deserializer;
    }
}
