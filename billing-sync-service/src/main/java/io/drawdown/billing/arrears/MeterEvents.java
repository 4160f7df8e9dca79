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
    private static final String SETTLED_TOO_EARLY =
            "It was settled by hand before its usage was corrected; settle the difference by hand, too";

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
     * @param replaces the one in whose place it is sent; null for none
     * @return the id of the one that has it now
     */
    long add(String accountId, LeftLine line, Instant now, Instant collectedUntil, @Nullable Long replaces) {
        return jdbc.sql("""
                insert into meter_event (account_id, meter_id, hour, occurred_at, summed, quantity, usage_events, state,
                    cause, opened_at, updated_at, next_attempt_at, replaces)
                values (:account, :meter, :hour, :occurred, :summed, :quantity, :events, :state, :cause, :now, :now, :due,
                    :replaces)
                on conflict (account_id, meter_id, hour) where state = 'COLLECTING' do update set
                    quantity = meter_event.quantity + excluded.quantity,
                    usage_events = meter_event.usage_events + excluded.usage_events,
                    occurred_at = greatest(meter_event.occurred_at, excluded.occurred_at),
                    updated_at = excluded.updated_at
                returning meter_event_id""")
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
                .param("replaces", replaces)
                .query(Long.class)
                .single();
    }

    /**
     * Withdraws the one of a single usage event: it is not sent any more, or Stripe is to cancel it.
     *
     * @return the id of the one that must be gone before another is sent in its place: itself, or the one that it was to be
     *     sent in place of; empty if there is none, as where the usage was added up
     */
    Optional<Long> withdraw(String cause, Instant now) {
        return lock(cause).map(event -> {
            var state = event.state().onceWithdrawn();
            jdbc.sql("""
                    update meter_event set withdrawn_at = :now, state = :state, updated_at = :now, attempts = 0,
                        next_attempt_at = case :state when 'CANCELLING' then cast(:now as timestamptz)
                            when 'SENDING' then next_attempt_at end,
                        last_error = case :state when 'IRREVOCABLE' then cast(:late as text) else last_error end
                    where meter_event_id = :id""")
                    .param("id", event.id())
                    .param("state", state.name())
                    .param("late", SETTLED_TOO_EARLY)
                    .param("now", Timestamp.from(now))
                    .update();
            return state == State.WITHDRAWN && event.replaces() != null ? event.replaces() : event.id();
        });
    }

    private Optional<MeterEvent> lock(String cause) {
        return jdbc.sql("select * from meter_event where cause = ? and not summed and withdrawn_at is null for update")
                .params(cause)
                .query(MeterEvent::of)
                .optional();
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

    /**
     * Fixes one and to whom it goes: from now on Stripe may know of it. Nobody else takes it for so long.
     *
     * @return it as it is to be sent, with what it has collected since it was taken; empty if it was withdrawn meanwhile
     */
    Optional<MeterEvent> fix(long id, String customerId, Instant now, Duration lease) {
        return jdbc.sql("""
                update meter_event set state = 'SENDING', customer_id = :customer, sending_since = :now, updated_at = :now,
                    attempts = 0, next_attempt_at = :until, last_error = null
                where meter_event_id = :id and state in ('COLLECTING', 'WAITING') returning *""")
                .param("id", id)
                .param("customer", customerId)
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(now.plus(lease)))
                .query(MeterEvent::of)
                .optional();
    }

    /** Tries one again later; what it is stays as it is. */
    void postpone(long id, Instant now, Instant nextAttemptAt, String reason) {
        jdbc.sql("""
                update meter_event set attempts = attempts + 1, updated_at = :now, next_attempt_at = :next,
                    last_error = left(:reason, :most)
                where meter_event_id = :id and state in ('COLLECTING', 'WAITING', 'SENDING', 'CANCELLING')""")
                .param("id", id)
                .param("now", Timestamp.from(now))
                .param("next", Timestamp.from(nextAttemptAt))
                .param("reason", reason)
                .param("most", MOST_ERROR_CHARACTERS)
                .update();
    }

    /** Ends one: sent, refused or uncertain. One that was sent and is withdrawn by now goes on to be cancelled. */
    void end(long id, State state, Instant now, @Nullable String reason) {
        jdbc.sql("""
                update meter_event set state = case when withdrawn_at is null then :state else :withdrawn end,
                    updated_at = :now, last_error = left(:reason, :most),
                    next_attempt_at = case when withdrawn_at is not null and :withdrawn = 'CANCELLING'
                        then cast(:now as timestamptz) end
                where meter_event_id = :id and state in ('COLLECTING', 'WAITING', 'SENDING', 'CANCELLING')""")
                .param("id", id)
                .param("state", state.name())
                .param("withdrawn", state.onceWithdrawn().name())
                .param("now", Timestamp.from(now))
                .param("reason", reason)
                .param("most", MOST_ERROR_CHARACTERS)
                .update();
    }

    /** Has another one take back, by as much below zero, what one has counted that can no longer be cancelled. */
    void takeBack(MeterEvent event, Instant now) {
        jdbc.sql("""
                with taken as (
                    update meter_event set state = 'TAKEN_BACK', updated_at = :now, next_attempt_at = null,
                        last_error = null
                    where meter_event_id = :id and state = 'CANCELLING' returning *)
                insert into meter_event (account_id, meter_id, hour, occurred_at, summed, quantity, usage_events, state,
                    cause, opened_at, updated_at, next_attempt_at)
                select account_id, meter_id, hour, occurred_at, false, -quantity, -usage_events, 'WAITING', :cause, updated_at,
                    updated_at, updated_at from taken""")
                .param("id", event.id())
                .param("cause", LeftLine.causeOfTakingBack(event.identifier()))
                .param("now", Timestamp.from(now))
                .update();
    }

    /** Follows Stripe's word that it could not count one that it had accepted. */
    void refuse(String cause, int generation, Instant now, String reason) {
        jdbc.sql("""
                update meter_event set state = case when withdrawn_at is null then 'REFUSED' else 'WITHDRAWN' end,
                    updated_at = :now, next_attempt_at = null, last_error = left(:reason, :most)
                where cause = :cause and generation = :generation
                    and state in ('SENDING', 'SENT', 'UNCERTAIN', 'CANCELLING', 'IRREVOCABLE')""")
                .param("cause", cause)
                .param("generation", generation)
                .param("now", Timestamp.from(now))
                .param("reason", reason)
                .param("most", MOST_ERROR_CHARACTERS)
                .update();
    }

    /**
     * Has one that was refused, or of which nobody knows, sent under a new identifier, unless its usage was corrected
     * meanwhile; false if it is neither.
     */
    boolean sendAgain(long id, Instant now) {
        return jdbc.sql("""
                update meter_event set state = case when withdrawn_at is null then 'WAITING' else 'WITHDRAWN' end,
                    generation = generation + 1, sending_since = null, updated_at = :now, attempts = 0,
                    next_attempt_at = case when withdrawn_at is null then cast(:now as timestamptz) end
                where meter_event_id = :id and state in ('REFUSED', 'UNCERTAIN')""").param("id", id).param("now", Timestamp.from(now)).update() == 1;
    }

    /** Follows somebody's word that Stripe has one of which nobody knew; false if it is not such a one. */
    boolean confirm(long id, Instant now) {
        return jdbc.sql("""
                update meter_event set state = case when withdrawn_at is null then 'SENT' else 'CANCELLING' end,
                    updated_at = :now, next_attempt_at = case when withdrawn_at is not null then cast(:now as timestamptz) end
                where meter_event_id = :id and state = 'UNCERTAIN'""").param("id", id).param("now", Timestamp.from(now)).update() == 1;
    }

    /**
     * Whether Stripe still lacks usage of the hour that one takes usage back from: taking back what is not there would make
     * the sum of other hours too small.
     */
    boolean isAheadOfItsHour(MeterEvent event) {
        return jdbc.sql("""
                select exists (select 1 from meter_event where account_id = :account and meter_id = :meter and hour = :hour
                    and meter_event_id < :id and quantity > 0
                    and state in ('COLLECTING', 'WAITING', 'SENDING', 'REFUSED', 'UNCERTAIN'))""")
                .param("account", event.accountId())
                .param("meter", event.meterId())
                .param("hour", Timestamp.from(event.hour()))
                .param("id", event.id())
                .query(Boolean.class)
                .single();
    }

    /** Whether usage of the hour that one takes usage back from was settled by hand, so that Stripe never has it. */
    boolean isOfAnHourSettledByHand(MeterEvent event) {
        return jdbc.sql("""
                select exists (select 1 from meter_event where account_id = :account and meter_id = :meter and hour = :hour
                    and meter_event_id < :id and quantity > 0 and state = 'SETTLED' and withdrawn_at is null)""")
                .param("account", event.accountId())
                .param("meter", event.meterId())
                .param("hour", Timestamp.from(event.hour()))
                .param("id", event.id())
                .query(Boolean.class)
                .single();
    }

    /** Removes those that have been over since before an instant. */
    void forgetOverBefore(Instant instant) {
        jdbc.sql("""
                delete from meter_event where state in ('SENT', 'WITHDRAWN', 'CANCELLED', 'TAKEN_BACK', 'SETTLED')
                    and updated_at < ?""").params(Timestamp.from(instant)).update();
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
                select coalesce(sum(quantity) filter (where withdrawn_at is null or state = 'TAKEN_BACK'), 0)
                        as left_to_arrears,
                    coalesce(sum(quantity) filter (where state in ('SENT', 'TAKEN_BACK')), 0) as sent,
                    coalesce(sum((select sum(quantity) from meter_event_settlement as settlement
                        where settlement.meter_event_id = meter_event.meter_event_id)), 0) as settled
                from meter_event where account_id = :account and meter_id = :meter and hour >= :from and hour < :to""")
                .param("account", accountId)
                .param("meter", meterId)
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .query((row, _) -> new Totals(
                        row.getBigDecimal("left_to_arrears"), row.getBigDecimal("sent"), row.getBigDecimal("settled")))
                .single();
    }
}
