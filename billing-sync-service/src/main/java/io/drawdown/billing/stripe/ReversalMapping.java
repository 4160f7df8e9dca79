package io.drawdown.billing.stripe;

import com.stripe.model.CreditNote;
import com.stripe.model.CreditNoteLineItem;
import com.stripe.model.Dispute;
import com.stripe.model.Refund;
import io.drawdown.billing.domain.MinorUnit;
import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.domain.ReversalSnapshot;
import io.drawdown.billing.domain.ReversalSnapshot.Share;
import io.drawdown.billing.domain.ReversalState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From Stripe's refunds, disputes and credit notes to what they take back. */
final class ReversalMapping {

    private ReversalMapping() {}

    static ReversalSnapshot toSnapshot(Refund refund, @Nullable String invoiceId) {
        return new ReversalSnapshot(
                refund.getId(),
                ObjectKind.REFUND,
                ofRefund(refund.getStatus()),
                String.valueOf(refund.getStatus()),
                refund.getReason(),
                refund.getPaymentIntent(),
                invoiceId,
                MinorUnit.toMajor(refund.getAmount(), refund.getCurrency()),
                List.of(),
                Instant.ofEpochSecond(refund.getCreated()));
    }

    static ReversalSnapshot toSnapshot(Dispute dispute, @Nullable String invoiceId) {
        return new ReversalSnapshot(
                dispute.getId(),
                ObjectKind.DISPUTE,
                ofDispute(dispute.getStatus()),
                String.valueOf(dispute.getStatus()),
                dispute.getReason(),
                dispute.getPaymentIntent(),
                invoiceId,
                MinorUnit.toMajor(dispute.getAmount(), dispute.getCurrency()),
                List.of(),
                Instant.ofEpochSecond(dispute.getCreated()));
    }

    /** What a credit note refunds is a refund of its own; the rest went to a balance, out of band, or was never paid. */
    static ReversalSnapshot toSnapshot(CreditNote note) {
        var refunded = note.getRefunds() == null
                ? 0
                : note.getRefunds().stream()
                        .mapToLong(CreditNote.Refund::getAmountRefunded)
                        .sum();
        return new ReversalSnapshot(
                note.getId(),
                ObjectKind.CREDIT_NOTE,
                ofCreditNote(note.getStatus()),
                String.valueOf(note.getStatus()),
                note.getReason(),
                null,
                note.getInvoice(),
                MinorUnit.toMajor(note.getTotal() - refunded, note.getCurrency()),
                sharesOf(note, refunded),
                Instant.ofEpochSecond(note.getCreated()));
    }

    /** The lines tell of the whole note, so they say nothing of a part of it; nor does a line that is none of the invoice's. */
    private static List<Share> sharesOf(CreditNote note, long refunded) {
        var lines = note.getLines();
        var telling = lines != null
                && refunded == 0
                && !Boolean.TRUE.equals(lines.getHasMore())
                && lines.getData().stream().allMatch(line -> line.getInvoiceLineItem() != null);
        return telling
                ? lines.getData().stream()
                        .map(line -> new Share(
                                line.getInvoiceLineItem(), MinorUnit.toMajor(netOf(line), note.getCurrency())))
                        .toList()
                : List.of();
    }

    /** After discounts and before tax, as the invoice's own lines are counted. */
    private static long netOf(CreditNoteLineItem line) {
        var discount = line.getDiscountAmount() == null ? 0 : line.getDiscountAmount();
        var within = line.getTaxes() == null
                ? 0
                : line.getTaxes().stream()
                        .filter(tax -> "inclusive".equals(tax.getTaxBehavior()))
                        .mapToLong(CreditNoteLineItem.Tax::getAmount)
                        .sum();
        return line.getAmount() - discount - within;
    }

    private static ReversalState ofRefund(@Nullable String status) {
        return switch (status) {
            case "pending", "requires_action" -> ReversalState.WITHHELD;
            case "succeeded" -> ReversalState.TAKEN;
            case "failed", "canceled" -> ReversalState.RETURNED;
            case null, default -> ReversalState.UNKNOWN;
        };
    }

    private static ReversalState ofCreditNote(@Nullable String status) {
        return switch (status) {
            case "issued" -> ReversalState.TAKEN;
            case "void" -> ReversalState.RETURNED;
            case null, default -> ReversalState.UNKNOWN;
        };
    }

    /** An inquiry, whose status begins with a warning, has taken nothing; a prevented dispute was refunded instead. */
    private static ReversalState ofDispute(@Nullable String status) {
        return switch (status) {
            case "warning_needs_response", "warning_under_review", "warning_closed" -> ReversalState.OPEN;
            case "needs_response", "under_review" -> ReversalState.WITHHELD;
            case "lost" -> ReversalState.TAKEN;
            case "won", "prevented" -> ReversalState.RETURNED;
            case null, default -> ReversalState.UNKNOWN;
        };
    }
}
