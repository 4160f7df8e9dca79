package io.drawdown.usage.totals;

import static io.drawdown.usage.UsageLab.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.events.usage.UsageMeasure;
import io.drawdown.usage.UsageLab;
import io.drawdown.usage.UsageServiceTest;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

@UsageServiceTest
class TotalsRetentionIT {

    /** What they count is in nobody's way: the topic has no such partitions. */
    static final AtomicInteger FREE_PARTITIONS = new AtomicInteger(4_000);

    @Autowired
    UsageLab lab;

    @Autowired
    TotalsRetention retention;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TotalsTable table;

    @Autowired
    Totals totals;

    @Autowired
    TransactionOperations transactions;

    final String account = fresh("acc");
    final int partition = FREE_PARTITIONS.getAndIncrement();
    UnstoredTotals unstored;
    String meter;

    @BeforeEach
    void begin() {
        unstored = new UnstoredTotals(table, totals, transactions);
        meter = "mtr_" + lab.meter(Aggregation.MAX);
    }

    /** Whoever counts anew reads the usage of weeks ago, and some time later what corrected it. */
    @Test
    void keepsValuesThatACorrectionOfThenMayStillWithdraw() {
        count(1, daysAgo(38), "3");
        count(2, daysAgo(38), "9");

        retention.dropExpired();
        unstored.add(partition, voided(3, 2, daysAgo(38), "9"));

        assertThat(max(daysAgo(38))).isEqualTo("3");
    }

    @Test
    void dropsValuesOfAPartitionThatHasComeTooFarForThem() {
        count(1, daysAgo(38), "3");
        count(2, daysAgo(30), "9");
        count(3, daysAgo(0), "4");

        retention.dropExpired();

        assertThat(kept()).isEqualTo(2);
    }

    @Test
    void dropsWhatNoCorrectionInTheTopicCanBeAbout() {
        count(1, daysAgo(120), "3");

        retention.dropExpired();

        assertThat(kept()).isZero();
    }

    static Instant daysAgo(int days) {
        return Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days));
    }

    void count(long offset, Instant at, String value) {
        unstored.add(
                partition,
                new UsageAccepted(
                        "evt-" + offset,
                        "/lab",
                        account,
                        meter,
                        value,
                        at,
                        at,
                        Map.of(),
                        partition,
                        offset,
                        null,
                        null));
        unstored.store();
    }

    UsageCorrected voided(long offset, long usage, Instant at, String value) {
        return new UsageCorrected(
                fresh("cor"),
                account,
                meter,
                "evt-" + usage,
                "/lab",
                usage,
                new UsageMeasure(value, at, Map.of()),
                null,
                "wrong",
                "ann",
                at,
                partition,
                offset,
                null,
                null);
    }

    String max(Instant day) {
        return jdbc.queryForObject(
                "select max::text from usage_total where account_id = ? and span = 'DAY' and start_at = ?",
                (row, _) -> row.getString(1),
                account,
                Timestamp.from(day));
    }

    int kept() {
        return jdbc.queryForObject(
                "select count(*) from usage_value where account_id = ?", (row, _) -> row.getInt(1), account);
    }
}
