package io.drawdown.billing.arrears;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Tables {@code arrears_place} and {@code meter_event}. */
@Repository
class MeterEvents {

    private static final int MOST_ERROR_CHARACTERS = 500;

    private final JdbcClient jdbc;

    MeterEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Remembers that a wallet's event is taken over; false if it, or a later one, was before. */
    boolean moveOn(String walletId, long sequence) {
        return jdbc.sql("""
                insert into arrears_place (wallet_id, sequence) values (:wallet, :sequence)
                on conflict (wallet_id) do update set sequence = excluded.sequence
                where arrears_place.sequence < excluded.sequence""")
                        .param("wallet", walletId)
                        .param("sequence", sequence)
                        .update()
                == 1;
    }

    /**
     * Adds usage: to the meter event that collects its hour, or as a new one.
     *
     * @param collectedUntil until when more may come to a new one
     */
    void add(String accountId, LeftLine line, Instant now, Instant collectedUntil) {
        jdbc.sql("""
                insert into meter_event (account_id, meter_id, hour, occurred_at, summed, quantity, usage_events, state,
                    cause, opened_at, updated_at, next_attempt_at)
                values (:account, :meter, :hour, :occurred, :summed, :quantity, :events, :state, :cause, :now, :now, :due)
                on conflict (account_id, meter_id, hour) where state = 'COLLECTING' do update set
                    quantity = meter_event.quantity + excluded.quantity,
                    usage_events = meter_event.usage_events + excluded.usage_events,
                    occurred_at = greatest(meter_event.occurred_at, excluded.occurred_at),
                    updated_at = excluded.updated_at""")
                .param("account", accountId)
                .param("meter", line.meterId())
                .param("hour", Timestamp.from(line.hour()))
                .param("occurred", Timestamp.from(line.occurredAt()))
                .param("summed", line.summed())
                .param("quantity", line.quantity())
                .param("events", line.usageEvents())
                .param("state", line.summed() ? State.COLLECTING.name() : State.WAITING.name())
                .param("cause", line.cause())
                .param("now", Timestamp.from(now))
                .param("due", Timestamp.from(line.summed() ? collectedUntil : now))
                .update();
    }

    /** Takes one that is due; nobody else takes it for so long. */
    Optional<MeterEvent> claim(Instant now, Duration lease) {
        return jdbc.sql("""
                update meter_event set next_attempt_at = :until where meter_event_id = (
                    select meter_event_id from meter_event where next_attempt_at <= :now
                    order by next_attempt_at limit 1 for update skip locked)
                returning *""")
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(now.plus(lease)))
                .query(MeterEvent::of)
                .optional();
    }

    /** Fixes one and to whom it goes: from now on Stripe may know of it. */
    void fix(long id, String customerId, Instant now) {
        jdbc.sql("""
                update meter_event set state = 'SENDING', customer_id = :customer, sending_since = :now, updated_at = :now,
                    attempts = 0, next_attempt_at = :now, last_error = null
                where meter_event_id = :id and state in ('COLLECTING', 'WAITING')""")
                .param("id", id)
                .param("customer", customerId)
                .param("now", Timestamp.from(now))
                .update();
    }

    /** Tries one again later; what it is stays as it is. */
    void postpone(long id, Instant now, Instant nextAttemptAt, String reason) {
        jdbc.sql("""
                update meter_event set attempts = attempts + 1, updated_at = :now, next_attempt_at = :next,
                    last_error = left(:reason, :most)
                where meter_event_id = :id and state in ('COLLECTING', 'WAITING', 'SENDING')""")
                .param("id", id)
                .param("now", Timestamp.from(now))
                .param("next", Timestamp.from(nextAttemptAt))
                .param("reason", reason)
                .param("most", MOST_ERROR_CHARACTERS)
                .update();
    }

    /** Ends one: sent, refused or uncertain. */
    void end(long id, State state, Instant now, @Nullable String reason) {
        jdbc.sql("""
                update meter_event set state = :state, updated_at = :now, next_attempt_at = null,
                    last_error = left(:reason, :most)
                where meter_event_id = :id and state in ('COLLECTING', 'WAITING', 'SENDING')""")
                .param("id", id)
                .param("state", state.name())
                .param("now", Timestamp.from(now))
                .param("reason", reason)
                .param("most", MOST_ERROR_CHARACTERS)
                .update();
    }

    /** Follows Stripe's word that it could not count one that it had accepted. */
    void refuse(String cause, int generation, Instant now, String reason) {
        jdbc.sql("""
                update meter_event set state = 'REFUSED', updated_at = :now, next_attempt_at = null,
                    last_error = left(:reason, :most)
                where cause = :cause and generation = :generation and state in ('SENDING', 'SENT', 'UNCERTAIN')""")
                .param("cause", cause)
                .param("generation", generation)
                .param("now", Timestamp.from(now))
                .param("reason", reason)
                .param("most", MOST_ERROR_CHARACTERS)
                .update();
    }

    /** Has one that was refused, or of which nobody knows, sent under a new identifier; false if it is neither. */
    boolean sendAgain(long id, Instant now) {
        return jdbc.sql("""
                update meter_event set state = 'WAITING', generation = generation + 1, sending_since = null,
                    updated_at = :now, attempts = 0, next_attempt_at = :now
                where meter_event_id = :id and state in ('REFUSED', 'UNCERTAIN')""").param("id", id).param("now", Timestamp.from(now)).update() == 1;
    }

    /** Follows somebody's word that Stripe has one of which nobody knew; false if it is not such a one. */
    boolean confirm(long id, Instant now) {
        return jdbc.sql("""
                update meter_event set state = 'SENT', updated_at = :now
                where meter_event_id = :id and state = 'UNCERTAIN'""").param("id", id).param("now", Timestamp.from(now)).update() == 1;
    }

    /** Removes those that Stripe got before an instant. */
    void forgetSentBefore(Instant instant) {
        jdbc.sql("delete from meter_event where state = 'SENT' and updated_at < ?")
                .params(Timestamp.from(instant))
                .update();
    }

    Optional<MeterEvent> find(long id) {
        return jdbc.sql("select * from meter_event where meter_event_id = ?")
                .params(id)
                .query(MeterEvent::of)
                .optional();
    }

    /**
     * Lists by id.
     *
     * @param accountId only of this account; null for all
     * @param state only in this state; null for all
     * @param after the id to begin after
     */
    List<MeterEvent> list(@Nullable String accountId, @Nullable State state, long after, int limit) {
        return jdbc.sql("""
                select * from meter_event where meter_event_id > :after
                    and (cast(:account as text) is null or account_id = :account)
                    and (cast(:state as text) is null or state = :state)
                order by meter_event_id limit :limit""")
                .param("after", after)
                .param("account", accountId)
                .param("state", state == null ? null : state.name())
                .param("limit", limit)
                .query(MeterEvent::of)
                .list();
    }

    /** What an account's usage of a meter amounts to, by how far it has come, from one hour to another, exclusive. */
    Totals totals(String accountId, String meterId, Instant from, Instant to) {
        return jdbc.sql("""
                select coalesce(sum(quantity), 0) as left_to_arrears,
                    coalesce(sum(quantity) filter (where state = 'SENT'), 0) as sent
                from meter_event where account_id = :account and meter_id = :meter and hour >= :from and hour < :to""")
                .param("account", accountId)
                .param("meter", meterId)
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .query((row, _) -> new Totals(row.getBigDecimal("left_to_arrears"), row.getBigDecimal("sent")))
                .single();
    }
}
