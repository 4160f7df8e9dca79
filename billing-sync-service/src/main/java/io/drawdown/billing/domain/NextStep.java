package io.drawdown.billing.domain;

import io.drawdown.billing.domain.ChargeInvoice.PaymentProgress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What brings a replenishment forward, decided from what Stripe shows and not from what was last tried. Whichever step
 * a crash or a lost answer interrupted, the invoice tells where to go on.
 */
public sealed interface NextStep {

    record AddLine() implements NextStep {}

    record FinalizeInvoice() implements NextStep {}

    record Pay() implements NextStep {}

    record AwaitPayment() implements NextStep {}

    /** Only the customer can bring it forward, by confirming the payment or paying in another way. */
    record AwaitCustomer(Failure failure) implements NextStep {}

    /** Something has been paid and something has not: neither paying again nor voiding would be right. */
    record AwaitRemainder(Failure failure) implements NextStep {}

    /** Stripe says what only a newer version understands: whatever were done about it here could be wrong. */
    record AwaitNewerVersion(String detail) implements NextStep {}

    /** Store that it failed before the invoice is made unpayable, so that the reason survives a crash. */
    record GiveUp(Failure failure) implements NextStep {}

    record VoidInvoice() implements NextStep {}

    record DeleteDraft() implements NextStep {}

    record SettlePaid() implements NextStep {}

    record SettleFailed(Failure failure) implements NextStep {}

    /**
     * Decides. A paid invoice is paid even where the replenishment was being given up: money that came in counts.
     *
     * @param replenishment not in a final stage
     * @param now to compare with how long the customer may be waited for
     */
    static NextStep of(Replenishment replenishment, ChargeInvoice invoice, Instant now) {
        return switch (invoice.status()) {
            case PAID -> new SettlePaid();
            case VOID, DELETED -> new SettleFailed(replenishment.failureOr("Its invoice was voided in Stripe."));
            case DRAFT -> ofDraft(replenishment, invoice);
            case OPEN, UNCOLLECTIBLE -> ofUnpaid(replenishment, invoice, now);
            case UNKNOWN -> unheardOf("Invoice " + invoice.invoiceId(), invoice.stripeStatus());
        };
    }

    private static NextStep ofUnpaid(Replenishment replenishment, ChargeInvoice invoice, Instant now) {
        return switch (invoice.progress()) {
            case PaymentProgress.Pending _ -> new AwaitPayment();
            case PaymentProgress.Unknown unknown ->
                unheardOf("A payment of invoice " + invoice.invoiceId(), unknown.stripeStatus());
            case PaymentProgress.Untried _, PaymentProgress.Failed _ ->
                invoice.status() == InvoiceStatus.OPEN
                        ? ofOpen(replenishment, invoice, now)
                        : abandon(replenishment, invoice);
        };
    }

    private static NextStep unheardOf(String what, String stripeStatus) {
        return new AwaitNewerVersion(what + " is " + stripeStatus
                + " in Stripe, which this version does not know; a newer one will go on, or see to it in Stripe.");
    }

    private static NextStep ofDraft(Replenishment replenishment, ChargeInvoice invoice) {
        if (replenishment.isGivenUp()) {
            return new DeleteDraft();
        }
        if (!invoice.hasLines()) {
            return new AddLine();
        }
        return invoice.subtotal().equalsInWorth(replenishment.amount())
                ? new FinalizeInvoice()
                : new GiveUp(rejected("Its draft came to " + invoice.subtotal() + " instead of "
                        + replenishment.amount() + "; somebody changed it in Stripe."));
    }

    private static NextStep ofOpen(Replenishment replenishment, ChargeInvoice invoice, Instant now) {
        var failure = failureOf(replenishment, invoice.progress());
        if (failure == null) {
            return new Pay();
        }
        if (invoice.isPartlyPaid()) {
            return new AwaitRemainder(failure);
        }
        if (replenishment.isGivenUp()) {
            return new VoidInvoice();
        }
        return mayStillConfirm(replenishment, failure, now) ? new AwaitCustomer(failure) : new GiveUp(failure);
    }

    /** Why it is not paid, as far as anybody has tried; null before that. */
    private static @Nullable Failure failureOf(Replenishment replenishment, PaymentProgress progress) {
        return progress instanceof PaymentProgress.Failed failed && !replenishment.isGivenUp()
                ? failed.failure()
                : replenishment.failure();
    }

    /** A customer at Stripe's page may try one card after the other, so a decline there ends nothing. */
    private static boolean mayStillConfirm(Replenishment replenishment, Failure failure, Instant now) {
        var wait = replenishment.customerWait();
        return wait == null
                ? failure.reason() == FailureReason.REQUIRES_ACTION
                : !wait.isOver(now) && failure.reason() != FailureReason.REJECTED;
    }

    private static NextStep abandon(Replenishment replenishment, ChargeInvoice invoice) {
        var failure = replenishment.failureOr("Its invoice was written off in Stripe.");
        if (invoice.isPartlyPaid()) {
            return new AwaitRemainder(failure);
        }
        return replenishment.isGivenUp() ? new VoidInvoice() : new GiveUp(failure);
    }

    private static Failure rejected(String detail) {
        return new Failure(FailureReason.REJECTED, null, detail);
    }
}
