package io.drawdown.billing.arrears;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Usage in arrears as it goes to Stripe.
 *
 * @param hour start of the hour, in UTC, in which all of it occurred
 * @param occurredAt when the latest of it occurred
 * @param summed whether it may be the sum of several usage events
 * @param quantity in the meter's unit; less than nothing where usage is taken back
 * @param usageEvents how many usage events are in it, less those that it takes back
 * @param cause derived from the wallet event that opened it
 * @param generation raised when somebody has it sent again, from 1
 * @param sendingSince when its present identifier may first have reached Stripe
 * @param withdrawnAt since when its usage counts no more
 * @param replaces the meter event in whose place it is sent
 */
record MeterEvent(
        long id,
        String accountId,
        String meterId,
        Instant hour,
        Instant occurredAt,
        boolean summed,
        BigDecimal quantity,
        long usageEvents,
        State state,
        String cause,
        int generation,
        @Nullable String customerId,
        Instant openedAt,
        @Nullable Instant sendingSince,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable String lastError,
        @Nullable Instant withdrawnAt,
        @Nullable Long replaces) {

    static MeterEvent of(ResultSet row, int number) throws SQLException {
        return new MeterEvent(
                row.getLong("meter_event_id"),
                row.getString("account_id"),
                row.getString("meter_id"),
                row.getTimestamp("hour").toInstant(),
                row.getTimestamp("occurred_at").toInstant(),
                row.getBoolean("summed"),
                row.getBigDecimal("quantity"),
                row.getLong("usage_events"),
                State.valueOf(row.getString("state")),
                row.getString("cause"),
                row.getInt("generation"),
                row.getString("customer_id"),
                row.getTimestamp("opened_at").toInstant(),
                instant(row.getTimestamp("sending_since")),
                row.getInt("attempts"),
                instant(row.getTimestamp("next_attempt_at")),
                row.getString("last_error"),
                instant(row.getTimestamp("withdrawn_at")),
                row.getObject("replaces", Long.class));
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    /** Whether Stripe no longer counts its usage, or counts what it takes back, or somebody has given it back by hand. */
    boolean isTakenBack() {
        return switch (state) {
            case WITHDRAWN, CANCELLED, TAKEN_BACK, SETTLED -> true;
            case SENT -> quantity.signum() < 0;
            case COLLECTING, WAITING, SENDING, REFUSED, UNCERTAIN, CANCELLING, IRREVOCABLE -> false;
        };
    }

    /** Whether Stripe will go on counting its usage, or what it should take back. */
    boolean staysAtStripe() {
        return state == State.IRREVOCABLE || state == State.REFUSED && quantity.signum() < 0;
    }

    /** By which Stripe knows a repeat; at most 100 characters. */
    String identifier() {
        return generation == 1 ? cause : cause + "-" + generation;
    }
}
