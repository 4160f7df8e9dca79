package io.drawdown.billing.replenishment;

import io.drawdown.billing.domain.ChargeInvoice;
import io.drawdown.billing.domain.ChargeInvoice.PaymentProgress;
import io.drawdown.billing.domain.CustomerWait;
import io.drawdown.billing.domain.Failure;
import io.drawdown.billing.domain.FailureReason;
import io.drawdown.billing.domain.InvoiceStatus;
import io.drawdown.billing.domain.NextStep;
import io.drawdown.billing.domain.Replenishment;
import io.drawdown.billing.domain.Stage;
import io.drawdown.billing.domain.StripeFailure;
import io.drawdown.billing.replenishment.Charges.PayerState;
import io.drawdown.billing.settings.SyncProperties;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The steps of a charge once it is planned. Each looks at the invoice, changes at most one thing, and says what it came
 * to; a failure whose outcome is unknown passes through, and the next look finds out.
 */
@Component
class Charging {

    private final Charges charges;
    private final SyncProperties properties;
    private final Clock clock;

    Charging(Charges charges, SyncProperties properties, Clock clock) {
        this.charges = charges;
        this.properties = properties;
        this.clock = clock;
    }

    Progress advance(Replenishment planned) {
        var invoiceId = planned.invoiceId();
        var found = invoiceId == null ? charges.findOf(planned) : charges.find(invoiceId);
        if (found.isPresent()) {
            return goOn(planned, found.get());
        }
        return invoiceId == null ? create(planned) : withoutInvoice(planned, invoiceId);
    }

    /** Only a draft can be deleted, and no customer is ever forgotten: what else is not there is there for another key. */
    private Progress withoutInvoice(Replenishment planned, String invoiceId) {
        if (planned.isBeyondDraft() || !charges.knows(Objects.requireNonNull(planned.customerId()))) {
            throw new StripeFailure.Busy(
                    "Stripe does not know invoice " + invoiceId + ", which nobody can have deleted; is the key that of"
                            + " another account?",
                    null,
                    null);
        }
        return Progress.goOn(planned.failed(vanished(planned)));
    }

    private Progress goOn(Replenishment planned, ChargeInvoice found) {
        var seen = planned.seen(found);
        return isWithoutItsLine(planned, found)
                ? new Progress(seen.withFreshKeys(), properties.retryFirst())
                : perform(seen, found);
    }

    /** Under the same key Stripe would only repeat that it has put the line there. */
    private static boolean isWithoutItsLine(Replenishment planned, ChargeInvoice found) {
        return planned.stage() == Stage.ITEMIZED && found.status() == InvoiceStatus.DRAFT && !found.hasLines();
    }

    private static Failure vanished(Replenishment replenishment) {
        var known = replenishment.failure();
        return known != null ? known : rejected(null, "Its draft invoice was deleted in Stripe.");
    }

    private Progress create(Replenishment planned) {
        try {
            return Progress.goOn(planned.seen(charges.createInvoice(planned)));
        } catch (StripeFailure.Refused e) {
            return Progress.goOn(planned.failed(rejected(e)));
        }
    }

    private Progress perform(Replenishment seen, ChargeInvoice invoice) {
        return switch (NextStep.of(seen, invoice, clock.instant())) {
            case NextStep.AddLine _ -> addLine(seen, invoice);
            case NextStep.FinalizeInvoice _ -> finalizeInvoice(seen, invoice);
            case NextStep.Pay _ -> pay(seen, invoice);
            case NextStep.AwaitPayment _ -> awaitPayment(seen);
            case NextStep.AwaitCustomer asks -> awaitCustomer(seen, invoice, asks.failure());
            case NextStep.AwaitRemainder open ->
                new Progress(seen.partlyPaid(open.failure()), properties.paymentPoll());
            case NextStep.AwaitNewerVersion news -> new Progress(seen, properties.paymentPoll(), news.detail());
            case NextStep.GiveUp giveUp -> Progress.goOn(seen.givenUp(giveUp.failure()));
            case NextStep.VoidInvoice _ -> voidInvoice(seen, invoice);
            case NextStep.DeleteDraft _ -> deleteDraft(seen, invoice);
            case NextStep.SettlePaid _ -> Progress.goOn(seen.paid());
            case NextStep.SettleFailed failed -> Progress.goOn(seen.failed(failed.failure()));
        };
    }

    /** A price that can no longer be sold is replaced by the bare amount: the wallet credits either. */
    private Progress addLine(Replenishment seen, ChargeInvoice invoice) {
        try {
            charges.addLine(seen, invoice.invoiceId());
            return Progress.goOn(seen.itemized());
        } catch (StripeFailure.Refused e) {
            var priced = Objects.requireNonNull(seen.line()).priceId() != null;
            return Progress.goOn(priced ? seen.withoutPrice() : seen.givenUp(rejected(e)));
        }
    }

    private Progress finalizeInvoice(Replenishment seen, ChargeInvoice invoice) {
        try {
            return Progress.goOn(seen.seen(charges.finalizeInvoice(seen, invoice.invoiceId())));
        } catch (StripeFailure.Refused e) {
            return Progress.goOn(seen.givenUp(rejected(e)));
        }
    }

    private Progress pay(Replenishment seen, ChargeInvoice invoice) {
        try {
            return Progress.goOn(seen.seen(charges.pay(seen, invoice.invoiceId())));
        } catch (StripeFailure.Declined e) {
            return afterDecline(seen, invoice, declined(e));
        } catch (StripeFailure.Refused e) {
            return afterRefusedPayment(seen, e);
        }
    }

    private Progress afterDecline(Replenishment seen, ChargeInvoice invoice, Failure decline) {
        return decline.reason() == FailureReason.REQUIRES_ACTION
                ? awaitCustomer(seen, invoice, decline)
                : Progress.goOn(seen.givenUp(decline));
    }

    /** Looked at again now and then, and at the end of the wait at the latest. */
    private Progress awaitCustomer(Replenishment seen, ChargeInvoice invoice, Failure asked) {
        var now = clock.instant();
        var waiting = seen.awaitingCustomer(
                asked, new CustomerWait(now, now.plus(properties.confirmationWait()), invoice.paymentPage()));
        var left = Duration.between(
                now, Objects.requireNonNull(waiting.customerWait()).until());
        return new Progress(waiting, left.compareTo(properties.paymentPoll()) < 0 ? left : properties.paymentPoll());
    }

    /** Stripe also refuses to pay what is paid or void already, so a refusal alone says nothing. */
    private Progress afterRefusedPayment(Replenishment seen, StripeFailure.Refused refusal) {
        var now = Optional.ofNullable(seen.invoiceId()).flatMap(charges::find);
        var untouched = now.filter(invoice ->
                invoice.status() == InvoiceStatus.OPEN && invoice.progress() instanceof PaymentProgress.Untried);
        if (untouched.isEmpty()) {
            return Progress.goOn(seen);
        }
        var payer = charges.payer(Objects.requireNonNull(seen.customerId()));
        var failure = payer == PayerState.WITHOUT_PAYMENT_METHOD ? Planning.noPaymentMethod() : rejected(refusal);
        return Progress.goOn(seen.givenUp(failure));
    }

    private Progress awaitPayment(Replenishment seen) {
        return new Progress(seen.isGivenUp() ? seen : seen.awaitingPayment(), properties.paymentPoll());
    }

    private Progress voidInvoice(Replenishment seen, ChargeInvoice invoice) {
        charges.voidInvoice(seen, invoice.invoiceId());
        return Progress.goOn(seen);
    }

    private Progress deleteDraft(Replenishment seen, ChargeInvoice invoice) {
        charges.deleteDraft(invoice.invoiceId());
        return Progress.goOn(seen);
    }

    private static Failure declined(StripeFailure.Declined e) {
        return new Failure(e.reason(), e.reasonCode(), String.valueOf(e.getMessage()));
    }

    private static Failure rejected(StripeFailure.Refused e) {
        return rejected(e.code(), String.valueOf(e.getMessage()));
    }

    private static Failure rejected(@Nullable String code, String detail) {
        return new Failure(FailureReason.REJECTED, code, detail);
    }
}
