package io.drawdown.billing.reversal;

import io.drawdown.billing.domain.InvoiceSnapshot;
import io.drawdown.billing.domain.Money;
import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.domain.ReversalSnapshot;
import io.drawdown.billing.domain.ReversedLines;
import io.drawdown.events.billing.PaymentReversal;
import io.drawdown.events.billing.ReversalKind;
import io.drawdown.events.billing.ReversalState;
import io.drawdown.events.billing.ReversedLine;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From a reversal's snapshot to what is published of it. */
final class ReversalRecords {

    private ReversalRecords() {}

    static PaymentReversal toRecord(
            ReversalSnapshot reversal, @Nullable InvoiceSnapshot invoice, @Nullable String account, Instant seenAt) {
        return PaymentReversal.newBuilder()
                .setReversalId(reversal.reversalId())
                .setKind(kindOf(reversal.kind()))
                .setState(ReversalState.valueOf(reversal.state().name()))
                .setStripeStatus(reversal.stripeStatus())
                .setReason(reversal.reason())
                .setPaymentId(reversal.paymentId())
                .setInvoiceId(reversal.invoiceId())
                .setReplenishmentId(invoice == null ? null : invoice.replenishmentId())
                .setWalletId(invoice == null ? null : invoice.walletId())
                .setCustomerId(invoice == null ? null : invoice.customerId())
                .setAccountId(account)
                .setAmount(toRecord(reversal.amount()))
                .setTakenBack(toRecord(reversal.takenBack()))
                .setLines(invoice == null ? List.of() : linesOf(reversal, invoice))
                .setCreatedAt(reversal.createdAt())
                .setSeenAt(seenAt)
                .build();
    }

    /** The record with what an earlier one, if there is one, has taken back: neither more nor less. */
    static PaymentReversal keeping(@Nullable PaymentReversal earlier, PaymentReversal reversal) {
        return earlier == null
                ? reversal
                : PaymentReversal.newBuilder(reversal)
                        .setTakenBack(earlier.getTakenBack())
                        .setLines(earlier.getLines())
                        .build();
    }

    static Money takenBack(PaymentReversal reversal) {
        var taken = reversal.getTakenBack();
        return new Money(new BigDecimal(taken.getAmount()), taken.getCurrency());
    }

    private static List<ReversedLine> linesOf(ReversalSnapshot reversal, InvoiceSnapshot invoice) {
        var paid = invoice.lines().stream()
                .collect(Collectors.toMap(InvoiceSnapshot.Line::lineId, InvoiceSnapshot.Line::amount));
        return ReversedLines.of(reversal, invoice).stream()
                .map(share -> new ReversedLine(
                        share.lineId(),
                        paid.getOrDefault(share.lineId(), share.amount().none()).numeral(),
                        share.amount().numeral()))
                .toList();
    }

    private static ReversalKind kindOf(ObjectKind kind) {
        return switch (kind) {
            case REFUND -> ReversalKind.REFUND;
            case DISPUTE -> ReversalKind.DISPUTE;
            case CREDIT_NOTE -> ReversalKind.CREDIT_NOTE;
            case CUSTOMER, PRODUCT, PRICE, METER, INVOICE, PAYMENT ->
                throw new IllegalArgumentException(kind + " takes no money back.");
        };
    }

    private static io.drawdown.events.Money toRecord(Money money) {
        return new io.drawdown.events.Money(money.numeral(), money.currency());
    }
}
