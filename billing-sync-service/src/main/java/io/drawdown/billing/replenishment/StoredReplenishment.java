package io.drawdown.billing.replenishment;

import io.drawdown.billing.domain.ChargeLine;
import io.drawdown.billing.domain.Failure;
import io.drawdown.billing.domain.FailureReason;
import io.drawdown.billing.domain.Money;
import io.drawdown.billing.domain.Replenishment;
import io.drawdown.billing.domain.Stage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
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
                Stage.valueOf(row.getString("stage")),
                row.getString("customer_id"),
                toLine(row),
                row.getString("invoice_id"),
                row.getString("payment_id"),
                row.getInt("key_generation"),
                toFailure(row),
                row.getTimestamp("requested_at").toInstant());
    }

    private static @Nullable ChargeLine toLine(ResultSet row) throws SQLException {
        var quantity = row.getLong("quantity");
        return row.wasNull() ? null : new ChargeLine(row.getString("price_id"), quantity);
    }

    private static @Nullable Failure toFailure(ResultSet row) throws SQLException {
        var reason = row.getString("failure_reason");
        if (reason == null) {
            return null;
        }
        var detail = Objects.requireNonNullElse(row.getString("failure_detail"), "");
        return new Failure(FailureReason.valueOf(reason), row.getString("failure_code"), detail);
    }
}
