package io.drawdown.usage.totals;

import static io.drawdown.usage.UsageLab.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.catalog.Meter;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.events.usage.UsageMeasure;
import io.drawdown.events.usage.VoidedText;
import io.drawdown.usage.UsageLab;
import io.drawdown.usage.UsageServiceTest;
import io.drawdown.usage.correction.CorrectionTable;
import io.drawdown.wire.view.CompactedTopicView;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** Usage that was counted under one setting of kept dimensions and is corrected under another. */
@UsageServiceTest
class ChangedDimensionsIT {

    static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    static final List<String> NONE = List.of();
    static final List<String> REGION = List.of("region");

    /** What they count is in nobody's way: the topic has no such partitions. */
    static final AtomicInteger FREE_PARTITIONS = new AtomicInteger(2_000);

    @Autowired
    UsageLab lab;

    @Autowired
    TotalsTable table;

    @Autowired
    UsageTexts texts;

    @Autowired
    CorrectionTable audit;

    @Autowired
    CompactedTopicView<Meter> meters;

    @Autowired
    TransactionOperations transactions;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    JsonMapper json;

    final String account = fresh("acc");
    final int partition = FREE_PARTITIONS.getAndIncrement();
    String meter = "mtr_calls";

    @Test
    void correctsUsageWhereItWasCounted() {
        count(NONE, usage(1, "3"));
        count(REGION, usage(2, "5"));
        assertThat(sums()).isEqualTo(Map.of("{}", "3", "{\"region\": \"eu\"}", "5"));

        correct(REGION, corrected(3, 1, "3", "4"));
        correct(REGION, corrected(4, 1, "4", null));
        correct(NONE, corrected(5, 2, "5", "7"));
        correct(NONE, corrected(6, 2, "7", "1"));

        assertThat(sums()).isEqualTo(Map.of("{}", "0", "{\"region\": \"eu\"}", "1"));
    }

    @Test
    void findsTheLargestAnewWhereItWasCounted() {
        meter = "mtr_" + lab.meter(Aggregation.MAX);
        count(NONE, usage(1, "3"), usage(2, "9"));
        count(REGION, usage(3, "5"));

        correct(REGION, corrected(4, 2, "9", "2"));

        assertThat(stored("max")).isEqualTo(Map.of("{}", "3", "{\"region\": \"eu\"}", "5"));
    }

    @Test
    void takesATextAwayWhereItWasCounted() {
        meter = "mtr_" + lab.meter(Aggregation.UNIQUE_COUNT);
        count(NONE, text(1, "ann"));

        correct(REGION, voided(2, 1, "ann"));

        assertThat(stored("events")).isEqualTo(Map.of("{}", "0"));
        assertThat(jdbc.queryForObject("select count(*) from usage_text where account_id = ?", Integer.class, account))
                .isZero();
    }

    /** Whoever counts anew forgets what was noted of the count before. */
    @Test
    void beginsAnewUnderTheSettingOfThen() {
        count(NONE, usage(1, "3"));
        count(REGION, usage(2, "5"));
        jdbc.update("delete from usage_total where account_id = ?", account);
        jdbc.update("delete from usage_total_position where partition = ?", partition);

        count(REGION, usage(1, "3"));
        count(NONE, usage(2, "5"));
        correct(NONE, corrected(3, 1, "3", null));

        assertThat(sums()).isEqualTo(Map.of("{}", "5", "{\"region\": \"eu\"}", "0"));
    }

    void count(List<String> dimensions, UsageAccepted... usages) {
        var unstored = unstored(dimensions);
        for (var usage : usages) {
            unstored.add(partition, usage);
        }
        unstored.store();
    }

    void correct(List<String> dimensions, UsageCorrected corrected) {
        unstored(dimensions).add(partition, corrected);
    }

    UnstoredTotals unstored(List<String> dimensions) {
        var kept = new KeptDimensions(dimensions);
        var values = new UsageValues(jdbc, json);
        var history = new DimensionHistory(jdbc, kept);
        var totals = new Totals(table, values, texts, audit, kept, history, meters, Clock.systemUTC());
        return new UnstoredTotals(table, totals, transactions);
    }

    UsageAccepted usage(long offset, String value) {
        return accepted(offset, value, null);
    }

    UsageAccepted text(long offset, String text) {
        return accepted(offset, "1", text);
    }

    UsageAccepted accepted(long offset, String value, @Nullable String text) {
        return new UsageAccepted(
                "evt-" + offset,
                "/lab",
                account,
                meter,
                value,
                AT,
                AT,
                measure(value).getDimensions(),
                partition,
                offset,
                text,
                null);
    }

    UsageCorrected corrected(long offset, long usage, String before, @Nullable String after) {
        return corrected(offset, usage, before, after, null);
    }

    UsageCorrected voided(long offset, long usage, String text) {
        var voided = new VoidedText(
                "evt-" + usage, "/lab", usage, text, AT, measure("1").getDimensions());
        return corrected(offset, usage, "1", null, voided);
    }

    UsageCorrected corrected(
            long offset, long usage, String before, @Nullable String after, @Nullable VoidedText voided) {
        return new UsageCorrected(
                fresh("cor"),
                account,
                meter,
                "evt-" + usage,
                "/lab",
                usage,
                measure(before),
                after == null ? null : measure(after),
                "wrong",
                "ann",
                AT,
                partition,
                offset,
                voided,
                null);
    }

    static UsageMeasure measure(String value) {
        return new UsageMeasure(value, AT, Map.of("region", "eu"));
    }

    Map<String, String> sums() {
        return stored("sum");
    }

    /** Of the day, by the dimensions that are kept apart. */
    Map<String, String> stored(String column) {
        var rows = jdbc.query(
                "select dimensions::text, " + column + "::text from usage_total where account_id = ? and span = 'DAY'",
                (row, _) -> Map.entry(row.getString(1), row.getString(2)),
                account);
        return Map.ofEntries(rows.toArray(Map.Entry[]::new));
    }
}
