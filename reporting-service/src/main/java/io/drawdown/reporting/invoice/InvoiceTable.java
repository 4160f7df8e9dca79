package io.drawdown.reporting.invoice;

import io.drawdown.events.billing.CapturedPayment;
import io.drawdown.events.billing.Invoice;
import io.drawdown.events.billing.InvoiceLine;
import io.drawdown.reporting.amount.Columns;
import java.math.BigDecimal;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Tables {@code invoice}, {@code invoice_line} and {@code invoice_payment}. */
@Repository
class InvoiceTable {

    private static final String STORE = """
            insert into invoice (invoice_id, number, customer_id, account_id, replenishment_id, wallet_id, status,
                currency, subtotal, total, amount_paid, amount_remaining, created_at, finalized_at, paid_at, seen_at)
            values (:id, :number, :customer, :account, :replenishment, :wallet, :status, :currency, :subtotal, :total,
                :paid, :remaining, :created, :finalized, :paidAt, :seen)
            on conflict (invoice_id) do update set number = excluded.number, customer_id = excluded.customer_id,
                account_id = excluded.account_id, replenishment_id = excluded.replenishment_id,
                wallet_id = excluded.wallet_id, status = excluded.status, currency = excluded.currency,
                subtotal = excluded.subtotal, total = excluded.total, amount_paid = excluded.amount_paid,
                amount_remaining = excluded.amount_remaining, created_at = excluded.created_at,
                finalized_at = excluded.finalized_at, paid_at = excluded.paid_at, seen_at = excluded.seen_at
                where invoice.seen_at <= excluded.seen_at""";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    InvoiceTable(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** Stores the invoice without its lines; false, and nothing changed, when a later state is there. */
    boolean storeIfNotOlder(Invoice invoice) {
        return jdbc.sql(STORE)
                        .param("id", invoice.getInvoiceId())
                        .param("number", invoice.getNumber())
                        .param("customer", invoice.getCustomerId())
                        .param("account", invoice.getAccountId())
                        .param("replenishment", invoice.getReplenishmentId())
                        .param("wallet", invoice.getWalletId())
                        .param("status", invoice.getStatus().name())
                        .param("currency", invoice.getCurrency())
                        .param("subtotal", new BigDecimal(invoice.getSubtotal()))
                        .param("total", new BigDecimal(invoice.getTotal()))
                        .param("paid", new BigDecimal(invoice.getAmountPaid()))
                        .param("remaining", new BigDecimal(invoice.getAmountRemaining()))
                        .param("created", Columns.timestamp(invoice.getCreatedAt()))
                        .param("finalized", Columns.timestampOrNull(invoice.getFinalizedAt()))
                        .param("paidAt", Columns.timestampOrNull(invoice.getPaidAt()))
                        .param("seen", Columns.timestamp(invoice.getSeenAt()))
                        .update()
                == 1;
    }

    void replaceLines(Invoice invoice) {
        jdbc.sql("delete from invoice_line where invoice_id = ?")
                .param(invoice.getInvoiceId())
                .update();
        batches.batchUpdate(
                """
                insert into invoice_line (invoice_id, line_id, description, price_id, product_id, quantity, subtotal,
                    amount)
                values (?, ?, ?, ?, ?, ?, ?, ?)""",
                invoice.getLines().stream()
                        .map(line -> row(invoice.getInvoiceId(), line))
                        .toList());
    }

    void replacePayments(Invoice invoice) {
        jdbc.sql("delete from invoice_payment where invoice_id = ?")
                .param(invoice.getInvoiceId())
                .update();
        batches.batchUpdate(
                """
                insert into invoice_payment (invoice_id, invoice_payment_id, payment_id, amount, paid_at)
                values (?, ?, ?, ?, ?)""",
                invoice.getPayments().stream()
                        .map(payment -> row(invoice.getInvoiceId(), payment))
                        .toList());
    }

    private static Object[] row(String invoiceId, CapturedPayment payment) {
        return new Object[] {
            invoiceId,
            payment.getInvoicePaymentId(),
            payment.getPaymentId(),
            new BigDecimal(payment.getAmount()),
            Columns.timestamp(payment.getPaidAt())
        };
    }

    private static Object[] row(String invoiceId, InvoiceLine line) {
        var quantity = line.getQuantity();
        return new Object[] {
            invoiceId,
            line.getLineId(),
            line.getDescription(),
            line.getPriceId(),
            line.getProductId(),
            quantity == null ? null : new BigDecimal(quantity),
            new BigDecimal(line.getSubtotal()),
            new BigDecimal(line.getAmount())
        };
    }
}
