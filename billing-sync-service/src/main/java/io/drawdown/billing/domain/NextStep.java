package io.drawdown.billing.domain;

import io.drawdown.billing.domain.ChargeInvoice.PaymentProgress;

/**
 * What brings a replenishment forward, decided from what Stripe shows and not from what was last tried. Whichever step
 * a crash or a lost answer interrupted, the invoice tells where to go on.
 */
public sealed interface NextStep {

    record AddLine() implements NextStep {}

    record FinalizeInvoice() implements NextStep {}

    record Pay() implements NextStep {}

    record AwaitPayment() implements NextStep {}

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
     */
    static NextStep of(Replenishment replenishment, ChargeInvoice invoice) {
        return switch (invoice.status()) {
            case PAID -> new SettlePaid();
            case VOID, DELETED -> new SettleFailed(replenishment.failureOr("Its invoice was voided in Stripe."));
            case DRAFT -> ofDraft(replenishment, invoice);
            case OPEN -> ofOpen(replenishment, invoice.progress());
            case UNCOLLECTIBLE, UNKNOWN -> abandon(replenishment, "Its invoice was written off in Stripe.");
        };
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

    private static NextStep ofOpen(Replenishment replenishment, PaymentProgress progress) {
        return switch (progress) {
            case PaymentProgress.Pending _ -> new AwaitPayment();
            case PaymentProgress.Failed failed when !replenishment.isGivenUp() -> new GiveUp(failed.failure());
            case PaymentProgress.Failed _ -> new VoidInvoice();
            case PaymentProgress.Untried _ -> replenishment.isGivenUp() ? new VoidInvoice() : new Pay();
        };
    }

    private static NextStep abandon(Replenishment replenishment, String detail) {
        return replenishment.isGivenUp() ? new VoidInvoice() : new GiveUp(rejected(detail));
    }

    private static Failure rejected(String detail) {
        return new Failure(FailureReason.REJECTED, null, detail);
    }
}
