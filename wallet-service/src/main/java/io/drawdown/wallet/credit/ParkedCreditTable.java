package io.drawdown.wallet.credit;

import io.drawdown.wallet.credit.ParkedLine.Reason;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.ReplenishmentId;
import io.drawdown.wallet.domain.WalletId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Table {@code parked_credit}. */
@Component
class ParkedCreditTable {

    private final JdbcClient jdbc;
    private final Clock clock;

    ParkedCreditTable(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Parks a line, or says anew why it is parked. */
    void park(ParkedLine parked) {
        var line = parked.line();
        jdbc.sql("""
                        insert into parked_credit (line_id, invoice_id, account_id, wallet_id, replenishment_id, price_id,
                            currency, quantity, subtotal, amount, paid_at, reason, detail, parked_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (line_id) do update set account_id = excluded.account_id,
                            wallet_id = excluded.wallet_id, reason = excluded.reason, detail = excluded.detail""")
                .param(line.lineId())
                .param(line.invoiceId())
                .param(line.accountId() == null ? null : line.accountId().value())
                .param(line.walletId() == null ? null : line.walletId().value())
                .param(
                        line.replenishmentId() == null
                                ? null
                                : line.replenishmentId().value())
                .param(line.priceId())
                .param(line.subtotal().currency().getCurrencyCode())
                .param(line.quantity() == null ? null : line.quantity().toPlainString())
                .param(line.subtotal().numeral())
                .param(line.paid().numeral())
                .param(Timestamp.from(line.paidAt()))
                .param(parked.reason().code())
                .param(parked.detail())
                .param(Timestamp.from(clock.instant()))
                .update();
    }

    void remove(List<String> lineIds) {
        if (!lineIds.isEmpty()) {
            jdbc.sql("delete from parked_credit where line_id = any(?)")
                    .param(lineIds.toArray(String[]::new))
                    .update();
        }
    }

    /** Says of all lines of an invoice that they are parked for a reason that was not foreseen. */
    void setAside(String invoiceId, String detail) {
        jdbc.sql("update parked_credit set reason = ?, detail = ? where invoice_id = ?")
                .params(Reason.FAILED.code(), detail, invoiceId)
                .update();
    }

    /** The next invoice of which lines are parked; the first after an empty one. */
    Optional<String> invoiceAfter(String invoiceId) {
        return jdbc.sql("select invoice_id from parked_credit where invoice_id > ? order by invoice_id limit 1")
                .param(invoiceId)
                .query((row, _) -> row.getString(1))
                .optional();
    }

    /** Locks the parked lines of an invoice; empty when there are none any more. */
    List<PaidLine> lock(String invoiceId) {
        return jdbc.sql("select * from parked_credit where invoice_id = ? order by line_id for update")
                .param(invoiceId)
                .query((row, _) -> line(row))
                .list();
    }

    /** The next lines after a line's id; from the first with an empty one. */
    List<ParkedView> list(String after, int limit) {
        return jdbc.sql("select * from parked_credit where line_id > ? order by line_id limit ?")
                .params(after, limit)
                .query((row, _) -> new ParkedView(
                        row.getString("line_id"),
                        row.getString("invoice_id"),
                        row.getString("account_id"),
                        row.getString("price_id"),
                        row.getString("subtotal"),
                        row.getString("currency"),
                        row.getString("reason"),
                        row.getString("detail"),
                        row.getTimestamp("parked_at").toInstant()))
                .list();
    }

    /**
     * A paid line that waits, as the API shows it.
     *
     * @param subtotal what it is worth if it sells credit, a decimal numeral in the currency's major unit
     */
    record ParkedView(
            String lineId,
            String invoiceId,
            @Nullable String accountId,
            @Nullable String priceId,
            String subtotal,
            String currency,
            String reason,
            String detail,
            Instant parkedAt) {}

    private static Instant paidAt(ResultSet row) throws SQLException {
        var paidAt = row.getTimestamp("paid_at");
        return (paidAt == null ? row.getTimestamp("parked_at") : paidAt).toInstant();
    }

    private static PaidLine line(ResultSet row) throws SQLException {
        var currency = Currency.getInstance(row.getString("currency"));
        var account = row.getString("account_id");
        var replenishment = row.getString("replenishment_id");
        var quantity = row.getString("quantity");
        return new PaidLine(
                row.getString("line_id"),
                row.getString("invoice_id"),
                account == null ? null : new AccountId(account),
                WalletId.parse(row.getString("wallet_id")).orElse(null),
                replenishment == null ? null : new ReplenishmentId(replenishment),
                row.getString("price_id"),
                quantity == null ? null : new BigDecimal(quantity),
                Money.of(row.getString("subtotal"), currency),
                Money.of(row.getString("amount"), currency),
                paidAt(row));
    }
}
