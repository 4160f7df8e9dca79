package io.drawdown.wallet.credit;

import io.drawdown.events.billing.Invoice;
import io.drawdown.events.billing.InvoiceLine;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.ReplenishmentId;
import io.drawdown.wallet.domain.WalletId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of a paid invoice.
 *
 * @param accountId null while billing does not know whose customer it is
 * @param walletId the wallet that the invoice names; null for the account's main one
 * @param quantity how many units it sells; null when it does not say
 * @param subtotal before discounts and tax: what the line is worth if it sells credit
 * @param paid after discounts, before tax
 * @param paidAt when the invoice was paid
 */
record PaidLine(
        String lineId,
        String invoiceId,
        @Nullable AccountId accountId,
        @Nullable WalletId walletId,
        @Nullable ReplenishmentId replenishmentId,
        @Nullable String priceId,
        @Nullable BigDecimal quantity,
        Money subtotal,
        Money paid,
        Instant paidAt) {

    static List<PaidLine> of(Invoice invoice) {
        return invoice.getLines().stream().map(line -> of(invoice, line)).toList();
    }

    private static PaidLine of(Invoice invoice, InvoiceLine line) {
        var currency = Currency.getInstance(invoice.getCurrency());
        return new PaidLine(
                line.getLineId(),
                invoice.getInvoiceId(),
                invoice.getAccountId() == null ? null : new AccountId(invoice.getAccountId()),
                WalletId.parse(invoice.getWalletId()).orElse(null),
                invoice.getReplenishmentId() == null ? null : new ReplenishmentId(invoice.getReplenishmentId()),
                line.getPriceId(),
                line.getQuantity() == null ? null : new BigDecimal(line.getQuantity()),
                Money.of(line.getSubtotal(), currency),
                Money.of(line.getAmount(), currency),
                invoice.getPaidAt() == null ? invoice.getSeenAt() : invoice.getPaidAt());
    }
}
