package io.drawdown.usage.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.events.Topic;
import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.support.time.Zone;
import io.drawdown.usage.UsageLab;
import io.drawdown.usage.UsageServiceTest;
import io.drawdown.usage.directory.Admissions;
import io.drawdown.usage.domain.AcceptanceWindow;
import io.drawdown.usage.domain.Correction;
import io.drawdown.usage.domain.Correction.Replacement;
import io.drawdown.usage.domain.CorrectionRules;
import io.drawdown.usage.domain.Usage;
import io.drawdown.usage.wire.UsageDecoder;
import io.drawdown.usage.wire.UsageEncoder;
import io.drawdown.wire.avro.AvroDeserializer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
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

    static final Duration LATE = Duration.ofDays(35);
    static final Duration HORIZON = LATE.plusMinutes(5);
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
    TestOutputTopic<String, SpecificRecord> accepted;
    final SentBefore sent = new SentBefore();

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
    void forgetsInTheEndSoThatTheDiskStaysBounded() throws IOException {
        send("evt-1", START);
        var first = segments(ClaimStore.NAME);
        for (int day = 10; day <= 120; day += 10) {
            send("filler-" + day, START.plus(Duration.ofDays(day)));
        }
        send("evt-1", START.plus(Duration.ofDays(121)));

        assertThat(first).hasSize(1);
        assertThat(segments(ClaimStore.NAME)).hasSizeBetween(3, 6).doesNotContainAnyElementsOf(first);

        assertThat(accepted.readValuesToList())
                .extracting(record -> ((UsageAccepted) record).getId())
                .filteredOn("evt-1"::equals)
                .hasSize(2);
    }

    @Test
    void tellsSourcesApart() {
        send("evt-1", START);
        send(new Usage("evt-1", "/another", type, account, null, Map.of("value", "1")), START);

        assertThat(accepted.readValuesToList())
                .extracting(record -> ((UsageAccepted) record).getSource())
                .containsExactly("/lab", "/another");
    }

    @Test
    void countsATextOnceInTheMonthInWhichItOccurredAlthoughThatIsOver() {
        type = lab.meter(Aggregation.UNIQUE_COUNT);
        var november = START;
        var october = START.minus(Duration.ofDays(25));

        use("evt-1", "ann", november, november);
        use("evt-2", "ann", november.plusSeconds(1), november);
        use("evt-3", "bob", november.plusSeconds(2), november);
        use("evt-4", "ann", november.plusSeconds(3), october);
        use("evt-5", "ann", november.plusSeconds(4), october.plusSeconds(1));

        assertThat(values()).containsExactly("1", "0", "1", "1", "0");
    }

    /** Each month's text is used at its last instant, and once more at the last instant at which that is not too old. */
    @Test
    void countsATextOnceThirtyFiveDaysAfterItsMonth() {
        type = lab.meter(Aggregation.UNIQUE_COUNT);
        var month = YearMonth.of(2026, 11);
        useAtTheEndOf(month);
        assertThat(values()).containsExactly("1");
        for (int i = 0; i < 12; i++, month = month.plusMonths(1)) {
            useAtTheEndOf(month.plusMonths(1));
            var latest = lastInstantOf(month).plus(LATE);
            use("ahead-" + month, "bob", latest, latest);
            use("late-" + month, "ann", latest, lastInstantOf(month));
            use("later-" + month, "ann", latest.plusMillis(1), lastInstantOf(month));

            assertThat(values()).as("after " + month).containsExactly("1", "1", "0");
        }
        assertThat(refused("too-old")).isEqualTo(12);
    }

    private void useAtTheEndOf(YearMonth month) {
        use("first-" + month, "ann", lastInstantOf(month), lastInstantOf(month));
    }

    private static Instant lastInstantOf(YearMonth month) {
        return Zone.of("UTC").endOf(month).minusMillis(1);
    }

    /** While texts move the time of the same store ahead to the ends of their months. */
    @Test
    void knowsWhatIsVoidToTheEndOfTheWindow() {
        var texts = lab.meter(Aggregation.UNIQUE_COUNT);
        for (int day = 0; day < 60; day += 3) {
            var at = START.plus(Duration.ofDays(day));
            send(new Usage("evt-" + day, "/lab", type, account, at, Map.of("value", "1")), at);
            drain();
            correct(voiding("first-" + day, "evt-" + day), at);
            send(new Usage("text-" + day, "/lab", texts, account, null, Map.of("value", "ann")), at.plus(LATE));
            correct(voiding("last-" + day, "evt-" + day), at.plus(LATE));

            assertThat(drain())
                    .filteredOn(UsageCorrected.class::isInstance)
                    .extracting(record -> ((UsageCorrected) record).getId())
                    .containsExactly("first-" + day);
        }
        assertThat(refused("voided-already")).isEqualTo(20);
    }

    @Test
    void forgetsCorrectionsAndTextsInTheEnd() throws IOException {
        var texts = lab.meter(Aggregation.UNIQUE_COUNT);
        var first = voidAndCountOver(0, 30, texts);
        var last = voidAndCountOver(300, 330, texts);

        assertThat(first).isNotEmpty();
        assertThat(last).isNotEmpty().hasSizeLessThan(5).doesNotContainAnyElementsOf(first);
        correct(voiding("again", "evt-0"), START.plus(Duration.ofDays(331)));
        assertThat(refused("unknown-usage")).isEqualTo(1);
    }

    /** @return the folders in which the states are then */
    private List<Path> voidAndCountOver(int begin, int end, String texts) throws IOException {
        for (int day = begin; day < end; day += 10) {
            var at = START.plus(Duration.ofDays(day));
            send("evt-" + day, at);
            send(new Usage("text-" + day, "/lab", texts, account, null, Map.of("value", "ann")), at);
            drain();
            correct(voiding("cor-" + day, "evt-" + day), at);
            assertThat(drain()).hasSize(1);
        }
        return segments(Versions.NAME);
    }

    private List<Path> segments(String store) throws IOException {
        try (var files = Files.walk(state)) {
            return files.filter(file -> file.getFileName().toString().matches(store + "\\.\\d+"))
                    .toList();
        }
    }

    @Test
    void countsATextInTheMonthOfItsAccount() {
        type = lab.meter(Aggregation.UNIQUE_COUNT);
        account = lab.activeAccountIn("Pacific/Kiritimati");
        var zone = Zone.of("Pacific/Kiritimati");
        var midnight = zone.startOf(zone.monthOf(START));

        use("evt-1", "ann", START, midnight.minusMillis(1));
        use("evt-2", "ann", START.plusSeconds(1), midnight);
        use("evt-3", "ann", START.plusSeconds(2), midnight);
        assertThat(values()).containsExactly("1", "1", "0");

        var gone = voided("evt-1");
        assertThat(gone.getTimeZone()).isEqualTo("Pacific/Kiritimati");
        assertThat(gone.getAfter()).as("the only one of its month").isNull();
    }

    @Test
    void takesATextAwayWithTheLastOfItsUsages() {
        type = lab.meter(Aggregation.UNIQUE_COUNT);
        for (int i = 1; i <= 3; i++) {
            use("evt-" + i, "ann", START.plusSeconds(i), START);
        }
        drain();

        var first = voided("evt-1");
        assertThat(first.getUsagePosition()).isEqualTo(0);
        assertThat(first.getBefore().getValue()).isEqualTo("1");
        assertThat(first.getAfter().getValue()).isEqualTo("1");
        assertThat(first.getVoided().getUsageId()).isEqualTo("evt-1");
        var third = voided("evt-3");
        assertThat(third.getUsagePosition()).isEqualTo(2);
        assertThat(third.getBefore().getValue()).isEqualTo("0");
        assertThat(third.getAfter()).isNull();
        var last = voided("evt-2");
        assertThat(last.getUsagePosition()).isEqualTo(0);
        assertThat(last.getBefore().getValue()).isEqualTo("1");
        assertThat(last.getAfter()).isNull();
        assertThat(last.getVoided().getUsageId()).isEqualTo("evt-2");

        use("evt-4", "ann", START.plusSeconds(90), START);
        assertThat(values()).containsExactly("1");
    }

    /** Where the 1 stands is another hour and day, and the record that says so may have left the log. */
    @Test
    void leavesATextWhereItsFirstUsageIsTooOldToBeCorrected() {
        type = lab.meter(Aggregation.UNIQUE_COUNT);
        var early = START.minus(Duration.ofDays(19));
        use("evt-1", "ann", early, early);
        use("evt-2", "ann", START, START);
        drain();
        assertThat(voided("evt-1").getAfter().getValue()).isEqualTo("1");

        correct(voiding("cor-evt-2", "evt-2"), early.plus(Duration.ofDays(36)));

        assertThat(drain()).isEmpty();
        assertThat(refused("too-old")).isEqualTo(1);
    }

    @Test
    void neverReplacesTheUsageOfAText() {
        type = lab.meter(Aggregation.UNIQUE_COUNT);
        use("evt-1", "ann", START, START);
        drain();

        correct(new Correction("cor-1", account, "/lab", "evt-1", new Replacement("bob", null, null), "typo", "lab"));

        assertThat(drain()).isEmpty();
        assertThat(refused("not-replaceable")).isEqualTo(1);
    }

    private double refused(String reason) {
        return meters.counter("drawdown.usage.rejected", "reason", reason).count();
    }

    private void use(String id, String text, Instant storedAt, Instant occurredAt) {
        send(new Usage(id, "/lab", type, account, occurredAt, Map.of("value", text)), storedAt);
    }

    private UsageCorrected voided(String usageId) {
        correct(voiding("cor-" + usageId, usageId));
        return (UsageCorrected) drain().getFirst();
    }

    private Correction voiding(String correctionId, String usageId) {
        return new Correction(correctionId, account, "/lab", usageId, null, "test data", "lab");
    }

    private void correct(Correction correction) {
        correct(correction, START.plusSeconds(60));
    }

    private void correct(Correction correction, Instant at) {
        events.pipeInput(account.getBytes(StandardCharsets.UTF_8), encoder.correction(correction), at);
    }

    private List<String> values() {
        return drain().stream()
                .map(record -> ((UsageAccepted) record).getValue())
                .toList();
    }

    private List<SpecificRecord> drain() {
        var records = accepted.readValuesToList();
        records.forEach(sent::add);
        return records;
    }

    private void send(String id, Instant at) {
        send(new Usage(id, "/lab", type, account, null, Map.of("value", "1")), at);
    }

    private void send(Usage usage, Instant at) {
        events.pipeInput(account.getBytes(StandardCharsets.UTF_8), encoder.event(usage), at);
    }

    private void open() {
        // One partition: the driver has no other, so every key is where it belongs.
        SentRecords nothing = (_, _, _, _) -> 0;
        var processors = new Processors(
                decoder,
                admissions,
                new GateMetrics(meters),
                HORIZON,
                Clock.systemUTC(),
                new CorrectionRules(new AcceptanceWindow(LATE, Duration.ofMinutes(5))),
                nothing,
                () -> sent);
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

    /** The records that have come out, by their source offset. */
    static final class SentBefore implements PastRecords {

        private final Map<Long, SpecificRecord> records = new HashMap<>();

        void add(SpecificRecord record) {
            records.put(AcceptedLog.sourceOffset(record), record);
        }

        @Override
        public SpecificRecord sentFor(int partition, long sourceOffset) {
            return records.get(sourceOffset);
        }

        @Override
        public void runBegins(long sourceOffset) {}

        @Override
        public void close() {}
    }

    private <T extends SpecificRecord> AvroDeserializer<T> avro() {
        var deserializer = new AvroDeserializer<T>();
        deserializer.configure(consumers.getConfigurationProperties(), false);
        return deserializer;
    }
}
