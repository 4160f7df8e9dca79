package io.drawdown.reporting.payment;

import io.drawdown.events.Topic;
import io.drawdown.events.billing.Payment;
import io.drawdown.events.billing.PaymentReversal;
import io.drawdown.events.billing.ReplenishmentFailed;
import io.drawdown.events.billing.ReplenishmentWaiting;
import io.drawdown.reporting.amount.Columns;
import io.drawdown.reporting.projection.ProjectionStore;
import io.drawdown.reporting.projection.TopicProjection;
import java.math.BigDecimal;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps tables {@code payment}, {@code reversal} and {@code failed_replenishment}: the latest state of each. */
@Component
class PaymentProjection extends TopicProjection<SpecificRecord> {

    private static final String STORE_PAYMENT = """
            insert into payment (payment_id, invoice_id, account_id, status, currency, amount, amount_received,
                failure_code, decline_code, created_at, seen_at)
            values (:id, :invoice, :account, :status, :currency, :amount, :received, :failure, :decline, :created,
                :seen)
            on conflict (payment_id) do update set invoice_id = excluded.invoice_id, account_id = excluded.account_id,
                status = excluded.status, currency = excluded.currency, amount = excluded.amount,
                amount_received = excluded.amount_received, failure_code = excluded.failure_code,
                decline_code = excluded.decline_code, created_at = excluded.created_at, seen_at = excluded.seen_at
                where payment.seen_at <= excluded.seen_at""";

    private static final String STORE_REVERSAL = """
            insert into reversal (reversal_id, kind, state, invoice_id, payment_id, account_id, currency, amount,
                taken_back, reason, created_at, seen_at)
            values (:id, :kind, :state, :invoice, :payment, :account, :currency, :amount, :taken, :reason, :created,
                :seen)
            on conflict (reversal_id) do update set state = excluded.state, invoice_id = excluded.invoice_id,
                payment_id = excluded.payment_id, account_id = excluded.account_id, amount = excluded.amount,
                taken_back = excluded.taken_back, reason = excluded.reason, seen_at = excluded.seen_at
                where reversal.seen_at <= excluded.seen_at""";

    private static final String STORE_FAILURE = """
            insert into failed_replenishment (replenishment_id, wallet_id, account_id, invoice_id, reason, code, detail,
                failed_at)
            values (:id, :wallet, :account, :invoice, :reason, :code, :detail, :failed)
            on conflict (replenishment_id) do update set invoice_id = excluded.invoice_id, reason = excluded.reason,
                code = excluded.code, detail = excluded.detail, failed_at = excluded.failed_at
                where failed_replenishment.failed_at <= excluded.failed_at""";

    private final JdbcClient jdbc;

    PaymentProjection(ProjectionStore store, JdbcClient jdbc) {
        super(Topic.BILLING_PAYMENTS, store);
        this.jdbc = jdbc;
    }

    @Override
    protected void apply(List<SpecificRecord> messages) {
        for (var message : messages) {
            switch (message) {
                case Payment payment -> store(payment);
                case ReplenishmentFailed failure -> store(failure);
                case PaymentReversal reversal -> store(reversal);
                case ReplenishmentWaiting _ -> {} // Neither money nor a failure yet.
                default ->
                    throw new IllegalArgumentException(message.getSchema().getFullName() + " is not for " + topicName()
                            + ": upgrade this service if it is a new kind of record.");
            }
        }
    }

    private void store(Payment payment) {
        jdbc.sql(STORE_PAYMENT)
                .param("id", payment.getPaymentId())
                .param("invoice", payment.getInvoiceId())
                .param("account", payment.getAccountId())
                .param("status", payment.getStatus())
                .param("currency", payment.getAmount().getCurrency())
                .param("amount", new BigDecimal(payment.getAmount().getAmount()))
                .param("received", new BigDecimal(payment.getAmountReceived().getAmount()))
                .param("failure", payment.getFailureCode())
                .param("decline", payment.getDeclineCode())
                .param("created", Columns.timestamp(payment.getCreatedAt()))
                .param("seen", Columns.timestamp(payment.getSeenAt()))
                .update();
    }

    private void store(PaymentReversal reversal) {
        jdbc.sql(STORE_REVERSAL)
                .param("id", reversal.getReversalId())
                .param("kind", reversal.getKind().name())
                .param("state", reversal.getState().name())
                .param("invoice", reversal.getInvoiceId())
                .param("payment", reversal.getPaymentId())
                .param("account", reversal.getAccountId())
                .param("currency", reversal.getAmount().getCurrency())
                .param("amount", new BigDecimal(reversal.getAmount().getAmount()))
                .param("taken", new BigDecimal(reversal.getTakenBack().getAmount()))
                .param("reason", reversal.getReason())
                .param("created", Columns.timestamp(reversal.getCreatedAt()))
                .param("seen", Columns.timestamp(reversal.getSeenAt()))
                .update();
    }

    private void store(ReplenishmentFailed failure) {
        jdbc.sql(STORE_FAILURE)
                .param("id", failure.getReplenishmentId())
                .param("wallet", failure.getWalletId())
                .param("account", failure.getAccountId())
                .param("invoice", failure.getInvoiceId())
                .param("reason", failure.getReason())
                .param("code", failure.getCode())
                .param("detail", failure.getDetail())
                .param("failed", Columns.timestamp(failure.getFailedAt()))
                .update();
    }
}
