package io.drawdown.usage.totals;

import static io.drawdown.usage.UsageLab.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.events.usage.UsageMeasure;
import io.drawdown.usage.UsageServiceTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** What the page says of new topics, done to a database that has usage of old ones; all in one transaction that is undone. */
@UsageServiceTest
class RestoringIT {

    static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");

    /** No usage of other tests stands there. */
    static final int PARTITION = 900_000;

    @Autowired
    TotalsTable table;

    @Autowired
    Totals totals;

    @Autowired
    TransactionOperations transactions;

    @Autowired
    JdbcTemplate jdbc;

    final String account = fresh("acc");

    @Test
    void countsAndCorrectsUsageOfNewTopicsAtPositionsThatOldOnesHad() {
        undone(() -> {
            count(usage(1, "1"), corrected(2, 1, "1", "10"));

            jdbc.execute(sqlOfThePage());
            count(usage(1, "2"), corrected(2, 1, "2", "20"));

            assertThat(text("select sum(sum)::text from usage_total where account_id = ? and span = 'DAY'"))
                    .isEqualTo("30");
            assertThat(text("select max(max)::text from usage_total where account_id = ? and span = 'DAY'"))
                    .isEqualTo("20");
            assertThat(text("select string_agg(value::text, ' ' order by value) from usage_value where account_id = ?"))
                    .isEqualTo("10 20");
            assertThat(text("select count(*)::text from usage_corrected where account_id = ?"))
                    .isEqualTo("2");
        });
    }

    @Test
    void makesRoomForRefusalsAndLeavesThoseOfHttpWhereTheyAre() {
        undone(() -> {
            refused(PARTITION);
            refused(-1);

            jdbc.execute(sqlOfThePage());
            refused(PARTITION);

            assertThat(text("select string_agg(source_partition::text, ' ' order by source_partition)"
                            + " from rejected_event where subject = ?"))
                    .isEqualTo("-1 900000 1900000");
        });
    }

    @Test
    void leavesTheAuditTrailUnchangeable() {
        undone(() -> {
            jdbc.execute(sqlOfThePage());

            assertThatThrownBy(() -> jdbc.update("delete from usage_corrected where account_id = ?", account))
                    .hasMessageContaining("is an audit trail");
        });
    }

    void undone(Runnable test) {
        transactions.executeWithoutResult(status -> {
            status.setRollbackOnly();
            test.run();
        });
    }

    void count(UsageAccepted usage, UsageCorrected corrected) {
        var unstored = new UnstoredTotals(table, totals, transactions);
        unstored.add(PARTITION, usage);
        unstored.add(PARTITION, corrected);
        unstored.store();
    }

    UsageAccepted usage(long offset, String value) {
        return new UsageAccepted(
                "evt-" + offset, "/lab", account, "mtr_none", value, AT, AT, Map.of(), PARTITION, offset, null, null);
    }

    UsageCorrected corrected(long offset, long usageOffset, String before, String after) {
        return new UsageCorrected(
                "cor-" + offset,
                account,
                "mtr_none",
                "evt-" + usageOffset,
                "/lab",
                usageOffset,
                new UsageMeasure(before, AT, Map.of()),
                new UsageMeasure(after, AT, Map.of()),
                "a wrong unit",
                "ann",
                AT,
                PARTITION,
                offset,
                null,
                null);
    }

    void refused(int partition) {
        jdbc.update(
                "insert into rejected_event (source_partition, source_offset, reason, detail, subject, arrived_at, rejected_at)"
                        + " values (?, 1, 'malformed', 'for a test', ?, now(), now())",
                partition,
                account);
    }

    String text(String query) {
        return jdbc.queryForObject(query, (row, _) -> row.getString(1), account);
    }

    static String sqlOfThePage() {
        try {
            var page = Files.readString(Path.of("README.md"));
            int begin = page.indexOf("```sql\nbegin;");
            int end = page.indexOf("commit;\n```", begin);
            return page.substring(begin + "```sql\nbegin;".length(), end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
