package io.drawdown.billing.replenishment;

import io.drawdown.billing.domain.ChargeLine;
import io.drawdown.billing.domain.CustomerWait;
import io.drawdown.billing.domain.Failure;
import io.drawdown.billing.domain.FailureReason;
import io.drawdown.billing.domain.Money;
import io.drawdown.billing.domain.Replenishment;
import io.drawdown.billing.domain.Stage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A replenishment with how its processing goes.
 *
 * @param storedAt when it was first stored here, which may be long after the wallet asked
 * @param attempts failed tries in a row
 * @param nextAttemptAt when it goes on; null once it has ended
 * @param lastError why the last try failed
 */
record StoredReplenishment(
        Replenishment replenishment,
        Instant storedAt,
        Instant updatedAt,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable String lastError) {

    /** The stages that can be read. */
    static final String[] STAGES = Stream.of(Stage.values())
            .filter(stage -> stage != Stage.UNKNOWN)
            .map(Stage::name)
            .toArray(String[]::new);

    /** The reasons that can be read. */
    static final String[] REASONS =
            Stream.of(FailureReason.values()).map(FailureReason::name).toArray(String[]::new);

    static StoredReplenishment of(ResultSet row, int rowNumber) throws SQLException {
        var next = row.getTimestamp("next_attempt_at");
        return new StoredReplenishment(
                toReplenishment(row),
                row.getTimestamp("stored_at").toInstant(),
                row.getTimestamp("updated_at").toInstant(),
                row.getInt("attempts"),
                next == null ? null : next.toInstant(),
                row.getString("last_error"));
    }

    private static Replenishment toReplenishment(ResultSet row) throws SQLException {
        return new Replenishment(
                row.getString("replenishment_id"),
                row.getString("wallet_id"),
                row.getString("account_id"),
                new Money(row.getBigDecimal("amount"), row.getString("currency")),
                toStage(row),
                row.getString("customer_id"),
                toLine(row),
                row.getString("invoice_id"),
                row.getString("payment_id"),
                row.getInt("key_generation"),
                toFailure(row),
                toWait(row),
                row.getTimestamp("requested_at").toInstant());
    }

    private static Stage toStage(ResultSet row) throws SQLException {
        var stage = row.getString("stage");
        return List.of(STAGES).contains(stage) ? Stage.valueOf(stage) : Stage.UNKNOWN;
    }

    private static @Nullable CustomerWait toWait(ResultSet row) throws SQLException {
        var since = row.getTimestamp("waits_since");
        var until = row.getTimestamp("waits_until");
        return since == null || until == null
                ? null
                : new CustomerWait(since.toInstant(), until.toInstant(), row.getString("confirmation_url"));
    }

    private static @Nullable ChargeLine toLine(ResultSet row) throws SQLException {
        var quantity = row.getLong("quantity");
        return row.wasNull() ? null : new ChargeLine(row.getString("price_id"), quantity);
    }

    private static @Nullable Failure toFailure(ResultSet row) throws SQLException {
        var reason = row.getString("failure_reason");
        if (reason == null || !List.of(REASONS).contains(reason)) {
            return null;
        }
        var detail = Objects.requireNonNullElse(row.getString("failure_detail"), "");
        return new Failure(FailureReason.valueOf(reason), row.getString("failure_code"), detail);
    }
}
