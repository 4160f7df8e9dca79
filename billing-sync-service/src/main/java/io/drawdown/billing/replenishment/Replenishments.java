package io.drawdown.billing.replenishment;

import io.drawdown.billing.domain.Replenishment;
import io.drawdown.billing.domain.Stage;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code replenishment}. */
@Repository
class Replenishments {

    private static final int MOST_ERROR_CHARACTERS = 500;

    private final JdbcClient jdbc;

    Replenishments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Stores a new intent, due at once; an id that is there already changes nothing. */
    void add(Replenishment asked, Instant now) {
        jdbc.sql("""
                insert into replenishment (replenishment_id, wallet_id, account_id, amount, currency, stage,
                    requested_at, stored_at, updated_at, next_attempt_at)
                values (:id, :wallet, :account, :amount, :currency, :stage, :requested, :now, :now, :now)
                on conflict do nothing""")
                .param("id", asked.replenishmentId())
                .param("wallet", asked.walletId())
                .param("account", asked.accountId())
                .param("amount", asked.amount().amount())
                .param("currency", asked.amount().currency())
                .param("stage", asked.stage().name())
                .param("requested", Timestamp.from(asked.requestedAt()))
                .param("now", Timestamp.from(now))
                .update();
    }

    /**
     * Takes one that is due, for the rest of the transaction. What a newer version has stored in words that this one does not
     * know is left to that version.
     */
    Optional<StoredReplenishment> lockDue(Instant now) {
        return jdbc.sql("""
                select * from replenishment where next_attempt_at <= :now and stage = any(:stages)
                    and (failure_reason is null or failure_reason = any(:reasons))
                order by next_attempt_at limit 1 for update skip locked""")
                .param("now", Timestamp.from(now))
                .param("stages", StoredReplenishment.STAGES)
                .param("reasons", StoredReplenishment.REASONS)
                .query(StoredReplenishment::of)
                .optional();
    }

    /**
     * Stores how far it has come.
     *
     * @param nextAttemptAt when to go on; null for never
     * @param error why the last try failed; null if it did not
     */
    void save(Replenishment state, Instant now, @Nullable Instant nextAttemptAt, int attempts, @Nullable String error) {
        var line = state.line();
        var failure = state.failure();
        var wait = state.customerWait();
        jdbc.sql("""
                update replenishment set stage = :stage, customer_id = :customer, price_id = :price,
                    quantity = :quantity, invoice_id = :invoice, payment_id = :payment,
                    key_generation = :generation, failure_reason = :reason, failure_code = :code,
                    failure_detail = :detail, waits_since = :waitsSince, waits_until = :waitsUntil,
                    confirmation_url = :url, updated_at = :now, attempts = :attempts, next_attempt_at = :next,
                    last_error = left(:error, :most)
                where replenishment_id = :id""")
                .param("stage", state.stage().name())
                .param("customer", state.customerId())
                .param("price", line == null ? null : line.priceId())
                .param("quantity", line == null ? null : line.quantity())
                .param("invoice", state.invoiceId())
                .param("payment", state.paymentId())
                .param("generation", state.keyGeneration())
                .param("reason", failure == null ? null : failure.reason().name())
                .param("code", failure == null ? null : failure.code())
                .param("detail", failure == null ? null : failure.detail())
                .param("waitsSince", wait == null ? null : Timestamp.from(wait.since()))
                .param("waitsUntil", wait == null ? null : Timestamp.from(wait.until()))
                .param("url", wait == null ? null : wait.confirmationUrl())
                .param("now", Timestamp.from(now))
                .param("attempts", attempts)
                .param("next", nextAttemptAt == null ? null : Timestamp.from(nextAttemptAt))
                .param("error", error)
                .param("most", MOST_ERROR_CHARACTERS)
                .param("id", state.replenishmentId())
                .update();
    }

    /** Makes one wait whose step was rolled back, unless somebody has taken it since; its state stays. */
    void postpone(StoredReplenishment stored, Instant now, Instant nextAttemptAt, String error) {
        jdbc.sql("""
                update replenishment set attempts = attempts + 1, updated_at = :now, next_attempt_at = :next,
                    last_error = left(:error, :most)
                where replenishment_id = :id and updated_at = :seen""")
                .param("now", Timestamp.from(now))
                .param("next", Timestamp.from(nextAttemptAt))
                .param("error", error)
                .param("most", MOST_ERROR_CHARACTERS)
                .param("id", stored.replenishment().replenishmentId())
                .param("seen", Timestamp.from(stored.updatedAt()))
                .update();
    }

    /** Makes whatever waits for news of an invoice or payment due now; one that is being worked on is left alone. */
    int hurry(String invoiceOrPaymentId, Instant now) {
        return jdbc.sql("""
                update replenishment set next_attempt_at = :now where replenishment_id in (
                    select replenishment_id from replenishment
                    where (invoice_id = :id or payment_id = :id) and next_attempt_at > :now
                    for update skip locked)""")
                .param("id", invoiceOrPaymentId)
                .param("now", Timestamp.from(now))
                .update();
    }

    Optional<StoredReplenishment> find(String replenishmentId) {
        return jdbc.sql("select * from replenishment where replenishment_id = ?")
                .params(replenishmentId)
                .query(StoredReplenishment::of)
                .optional();
    }

    /**
     * Lists by id.
     *
     * @param accountId only of this account; null for all
     * @param stage only in this stage; null for all
     * @param after the id to begin after
     */
    List<StoredReplenishment> list(@Nullable String accountId, @Nullable Stage stage, String after, int limit) {
        return jdbc.sql("""
                select * from replenishment
                where replenishment_id > :after
                    and (cast(:account as text) is null or account_id = :account)
                    and (cast(:stage as text) is null or stage = :stage)
                order by replenishment_id limit :limit""")
                .param("after", after)
                .param("account", accountId)
                .param("stage", stage == null ? null : stage.name())
                .param("limit", limit)
                .query(StoredReplenishment::of)
                .list();
    }
}
