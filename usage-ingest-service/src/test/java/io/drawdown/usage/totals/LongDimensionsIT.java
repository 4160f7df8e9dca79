package io.drawdown.usage.totals;

import static io.drawdown.usage.UsageLab.fresh;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.catalog.Meter;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.events.usage.UsageMeasure;
import io.drawdown.events.usage.VoidedText;
import io.drawdown.support.test.Platform;
import io.drawdown.usage.UsageLab;
import io.drawdown.usage.UsageServiceTest;
import io.drawdown.usage.correction.CorrectionTable;
import io.drawdown.usage.domain.UsageForm;
import io.drawdown.wire.listening.RationedConsumerFactory;
import io.drawdown.wire.view.CompactedTopicView;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Totals whose dimensions are as many and as long as an event may have, and cannot be compressed. */
@UsageServiceTest
class LongDimensionsIT {

    static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final Random RANDOM = new SecureRandom();

    /** One member of an event's data is the value. */
    static final List<String> LONGEST_NAMES = IntStream.range(1, UsageForm.DATA_MEMBERS_MAX)
            .mapToObj(i -> "名".repeat(UsageForm.DATA_KEY_LENGTH_MAX - 2) + (10 + i))
            .toList();

    /** What they count is in nobody's way: the topic has no such partitions. */
    static final AtomicInteger FREE_PARTITIONS = new AtomicInteger(3_000);

    @Autowired
    UsageLab lab;

    @Autowired
    CompactedTopicView<Meter> meters;

    @Autowired
    CorrectionTable audit;

    @Autowired
    DataSource dataSource;

    @Autowired
    JsonMapper json;

    @Autowired
    @Qualifier("totalsListenerFactory")
    ConcurrentKafkaListenerContainerFactory<?, ?> listeners;

    final String account = fresh("戶".repeat(UsageForm.ATTRIBUTE_LENGTH_MAX - 9));
    final String meter = fresh("表".repeat(UsageForm.ATTRIBUTE_LENGTH_MAX - 9));
    final int partition = FREE_PARTITIONS.getAndIncrement();

    @Test
    void countsCorrectsAndPublishesThem() {
        var ann = longest("ann");
        var bob = longest("bob");
        var service = new Service(dataSource, LONGEST_NAMES);

        service.count(usage(1, ann, null), usage(2, bob, null), usage(3, bob, null));
        assertThat(service.stored("sum")).isEqualTo(Map.of("ann", "1", "bob", "2"));
        assertThat(service.stored("max")).isEqualTo(Map.of("ann", "1", "bob", "1"));

        service.correct(corrected(4, 1, measure("1", ann), measure("5", longest("eve"))));
        service.correct(corrected(5, 2, measure("1", bob), null));

        assertThat(service.stored("sum")).isEqualTo(Map.of("ann", "0", "bob", "1", "eve", "5"));
        assertThat(service.stored("max")).isEqualTo(Map.of("ann", "0", "bob", "1", "eve", "5"));
        await().atMost(PATIENCE).until(() -> service.keys().stream().allMatch(key -> lab.total(key) != null));
        assertThat(service.keys()).hasSize(6);
    }

    @Test
    void areReadInPollsThatAreBoundedInBytes() {
        assertThat(listeners.getConsumerFactory()).isInstanceOf(RationedConsumerFactory.class);
    }

    @Test
    void takesOnlyAsManyAtOnceAsFitIntoMemory() {
        var service = serviceWithTenOfEach();

        var portions = new ArrayList<List<StoredTotal>>();
        await().until(() -> {
            portions.add(service.takeUnpublished(2_000, TotalsPublisher.BYTES_AT_ONCE));
            return portions.getLast().isEmpty();
        });

        assertThat(portions)
                .hasSizeGreaterThan(2)
                .allSatisfy(portion -> assertThat(bytesButTheLast(portion)).isLessThan(TotalsPublisher.BYTES_AT_ONCE));
        assertThat(portions.stream().flatMap(List::stream).map(StoredTotal::recordKey))
                .as("of hours and of days")
                .hasSize(20)
                .doesNotHaveDuplicates();
    }

    @Test
    void leavesThoseThatItDoesNotTakeToOthers() {
        var service = serviceWithTenOfEach();

        service.transactions.executeWithoutResult(_ -> {
            assertThat(service.table.takeUnpublished(2_000, 1)).hasSize(1);
            assertThat(service.free()).isEqualTo(20 - TotalsTable.FETCHED_AT_ONCE);
        });
    }

    /** In a database of its own: here nobody else takes them. */
    private Service serviceWithTenOfEach() {
        var database = Platform.postgres().createDatabase();
        var own = new DriverManagerDataSource(database.url(), database.username(), database.password());
        migrate(own, "latest");
        var service = new Service(own, LONGEST_NAMES);
        for (int i = 0; i < 10; i++) {
            service.count(usage(i, longest("ann" + i), null));
        }
        return service;
    }

    private static long bytesButTheLast(List<StoredTotal> portion) {
        return portion.stream()
                .limit(Math.max(0, portion.size() - 1))
                .mapToLong(StoredTotal::dimensionBytes)
                .sum();
    }

    @Test
    void countsAndVoidsTextsByThem() {
        var ann = longest("ann");
        var service = new Service(dataSource, LONGEST_NAMES);

        service.count(usage(1, ann, "text"), usage(2, ann, "text"), usage(3, longest("bob"), "text"));
        assertThat(service.texts()).isEqualTo(Map.of("ann", "2", "bob", "1"));

        var voided = new VoidedText("evt-2", "/lab", 2L, "text", AT, ann);
        service.correct(corrected(4, 1, measure("1", ann), measure("1", ann), voided));

        assertThat(service.texts()).isEqualTo(Map.of("ann", "1", "bob", "1"));
        assertThat(service.stored("events")).isEqualTo(Map.of("ann", "1", "bob", "1"));
    }

    /** What could be compressed fitted into the index then, however long. */
    @Test
    void correctsWhatWasCountedWhenTheyStoodInTheIndexThemselves() {
        var database = Platform.postgres().createDatabase();
        var old = new DriverManagerDataSource(database.url(), database.username(), database.password());
        migrate(old, "8");
        var service = new Service(old, List.of("region"));
        var eu = Map.of("region", "eu");
        var longer = Map.of("region", "a".repeat(UsageForm.DATA_VALUE_LENGTH_MAX));
        for (var dimensions : List.of(eu, longer)) {
            for (var span : List.of("HOUR", "DAY")) {
                service.jdbc.update(
                        """
                        insert into usage_total (account_id, meter_id, span, start_at, end_at, dimensions, events, sum, max, last,
                               last_at, last_offset, updated_at)
                        select ?, ?, ?, start_at, start_at + ?::interval, ?::jsonb, 1, 7, 7, 7, start_at, 1, start_at
                          from date_trunc(?, ?::timestamptz, 'UTC') as start_at
                        """,
                        account,
                        meter,
                        span,
                        "1 " + span,
                        json.writeValueAsString(dimensions),
                        span,
                        AT.toString());
            }
        }
        service.jdbc.update("insert into usage_total_position values (?, 2)", partition);
        service.jdbc.update("insert into usage_total_dimensions values (?, 0, '{region}')", partition);

        migrate(old, "latest");
        service.count(usage(3, eu, null), usage(4, longer, null));
        service.correct(corrected(5, 1, measure("7", eu), measure("2", longer)));
        service.correct(corrected(6, 2, measure("7", longer), null));

        assertThat(service.stored("sum")).isEqualTo(Map.of("eu", "1", longer.get("region"), "3"));
    }

    static void migrate(DataSource dataSource, String target) {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .target(target)
                .load()
                .migrate();
    }

    /** Each value begins with a name by which it can be told from others. */
    static Map<String, String> longest(String name) {
        return LONGEST_NAMES.stream()
                .collect(Collectors.toMap(
                        Function.identity(), _ -> name + noise(UsageForm.DATA_VALUE_LENGTH_MAX - name.length())));
    }

    /** Characters that take six bytes in JSON. */
    static String noise(int length) {
        return RANDOM.ints(length, 0x0E, 0x20).mapToObj(Character::toString).collect(Collectors.joining());
    }

    UsageAccepted usage(long offset, Map<String, String> dimensions, @Nullable String text) {
        return new UsageAccepted(
                "evt-" + offset, "/lab", account, meter, "1", AT, AT, dimensions, partition, offset, text, null);
    }

    static UsageMeasure measure(String value, Map<String, String> dimensions) {
        return new UsageMeasure(value, AT, dimensions);
    }

    UsageCorrected corrected(long offset, long usage, UsageMeasure before, @Nullable UsageMeasure after) {
        return corrected(offset, usage, before, after, null);
    }

    UsageCorrected corrected(
            long offset, long usage, UsageMeasure before, @Nullable UsageMeasure after, @Nullable VoidedText voided) {
        return new UsageCorrected(
                fresh("cor"),
                account,
                meter,
                "evt-" + usage,
                "/lab",
                usage,
                before,
                after,
                "wrong",
                "ann",
                AT,
                partition,
                offset,
                voided,
                null);
    }

    /** The totals of one setting in one database. */
    class Service {

        final JdbcTemplate jdbc;
        final TransactionTemplate transactions;
        final TotalsTable table;
        final String name;
        final UnstoredTotals unstored;

        Service(DataSource dataSource, List<String> names) {
            jdbc = new JdbcTemplate(dataSource);
            transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
            table = new TotalsTable(jdbc, json);
            name = names.getFirst();
            var kept = new KeptDimensions(names);
            var totals = new Totals(
                    table,
                    new UsageValues(jdbc, json),
                    new UsageTexts(jdbc, json),
                    audit,
                    kept,
                    new DimensionHistory(jdbc, kept),
                    meters,
                    Clock.systemUTC());
            unstored = new UnstoredTotals(table, totals, transactions);
        }

        void count(UsageAccepted... usages) {
            for (var usage : usages) {
                unstored.add(partition, usage);
            }
            unstored.store();
        }

        void correct(UsageCorrected corrected) {
            unstored.add(partition, corrected);
        }

        List<StoredTotal> takeUnpublished(int rows, long bytes) {
            return requireNonNull(transactions.execute(_ -> table.takeUnpublished(rows, bytes)));
        }

        /** How many totals nobody has locked, in a thread that takes no part in the present transaction. */
        int free() {
            return CompletableFuture.supplyAsync(() ->
                            jdbc.query("select 1 from usage_total for update skip locked", (row, _) -> row.getInt(1)))
                    .join()
                    .size();
        }

        /** Of the day, by what the first dimension begins with. */
        Map<String, String> stored(String column) {
            return named("select dimensions ->> ?, " + column
                    + "::text from usage_total where account_id = ? and span = 'DAY'");
        }

        Map<String, String> texts() {
            return named("select dimensions ->> ?, events::text from usage_text where account_id = ?");
        }

        private Map<String, String> named(String query) {
            var rows = jdbc.query(
                    query,
                    (row, _) -> Map.entry(row.getString(1).split("[\\x00-\\x1F]", 2)[0], row.getString(2)),
                    name,
                    account);
            return Map.ofEntries(rows.toArray(Map.Entry[]::new));
        }

        /** Of the records of usage.totals.v1. */
        List<String> keys() {
            return jdbc.query(
                    "select span, start_at, dimensions::text from usage_total where account_id = ?",
                    (row, _) -> String.join(
                            "|",
                            account,
                            meter,
                            row.getString(1),
                            row.getTimestamp(2).toInstant().toString(),
                            row.getString(3)),
                    account);
        }
    }
}
