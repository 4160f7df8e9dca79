package io.drawdown.usage.totals;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Keeps table {@code usage_text}: how often each text was used in each hour. */
final class UsageTexts {

    private static final int HASH_BYTES = 16;

    private final JdbcTemplate jdbc;
    private final JsonMapper json;

    UsageTexts(JdbcTemplate jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void add(Map<TextKey, Long> texts) {
        jdbc.batchUpdate(
                """
                insert into usage_text as stored (account_id, meter_id, start_at, text, dimensions, events)
                values (?, ?, ?, ?, ?::jsonb, ?)
                on conflict (account_id, meter_id, start_at, text, dimensions_digest(dimensions)) do update
                   set events = stored.events + excluded.events
                """,
                texts.entrySet().stream()
                        .map(each -> new Object[] {
                            each.getKey().accountId(),
                            each.getKey().meterId(),
                            Timestamp.from(each.getKey().start()),
                            hash(each.getKey().text()),
                            json.writeValueAsString(each.getKey().dimensions()),
                            each.getValue()
                        })
                        .toList());
    }

    /** Takes one use of a text away; a text without any is gone. */
    void remove(TextKey key) {
        var columns = new Object[] {
            key.accountId(),
            key.meterId(),
            Timestamp.from(key.start()),
            hash(key.text()),
            json.writeValueAsString(key.dimensions())
        };
        jdbc.update("""
                update usage_text set events = events - 1
                 where account_id = ? and meter_id = ? and start_at = ? and text = ?
                   and dimensions_digest(dimensions) = dimensions_digest(?::jsonb)
                """, columns);
        jdbc.update("""
                delete from usage_text
                 where account_id = ? and meter_id = ? and start_at = ? and text = ?
                   and dimensions_digest(dimensions) = dimensions_digest(?::jsonb) and events < 1
                """, columns);
    }

    /** Drops the texts of hours before an instant, at most {@code rows} at once so that no lock is held long. */
    int dropBefore(Instant instant, int rows) {
        return jdbc.update(
                "delete from usage_text where ctid = any(array("
                        + "select ctid from usage_text where start_at < ? order by start_at limit ?))",
                Timestamp.from(instant),
                rows);
    }

    private static byte[] hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256, this one has not: use another JDK", e);
        }
    }
}
