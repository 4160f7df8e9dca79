package io.drawdown.billing.arrears;

import io.drawdown.billing.customer.CustomerLinks;
import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.catalog.Meter;
import io.drawdown.wire.view.CompactedTopicView;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Judges whether a meter event can go to Stripe, and to which customer. */
@Component
class Addressing {

    /** Stripe takes usage of 35 days; a day is for what waits in between. */
    private static final Duration OLDEST = Duration.ofDays(34);

    /** No invoice is finalized sooner after its period has ended. */
    private static final Duration NEVER_TOO_LATE = Duration.ofHours(1);

    private final MeterEvents events;
    private final MeterGateway stripe;
    private final CustomerLinks customers;
    private final CompactedTopicView<Meter> catalogMeters;
    private final Clock clock;

    Addressing(
            MeterEvents events,
            MeterGateway stripe,
            CustomerLinks customers,
            CompactedTopicView<Meter> catalogMeters,
            Clock clock) {
        this.events = events;
        this.stripe = stripe;
        this.customers = customers;
        this.catalogMeters = catalogMeters;
        this.clock = clock;
    }

    /** What is to become of a meter event. */
    sealed interface Verdict {

        /** It goes to this customer. */
        record Send(String customerId) implements Verdict {}

        /** It can go later, by itself. */
        record Wait(String reason) implements Verdict {}

        /** Stripe would not count it, or nobody would be billed for it. */
        record Refuse(String reason) implements Verdict {}
    }

    Verdict judge(MeterEvent event) {
        var meter = stripe.meter(event.meterId());
        var refusal = refusal(event, meter.orElse(null));
        if (refusal != null) {
            return new Verdict.Refuse(refusal);
        }
        if (meter.isEmpty() || !meter.get().active()) {
            return new Verdict.Wait("Meter " + event.meterId() + " is not active in Stripe; it waits until it is");
        }
        return customers
                .customerOf(event.accountId())
                .map(customer -> judge(event, customer))
                .orElseGet(() -> new Verdict.Wait(
                        "Account " + event.accountId() + " has no customer in Stripe; it waits until it has"));
    }

    private @Nullable String refusal(MeterEvent event, @Nullable BillingMeter meter) {
        if (event.occurredAt().isBefore(clock.instant().minus(OLDEST))) {
            return "Stripe takes usage of the last 35 days only; bill it by an invoice item";
        }
        var known = catalogMeters.get(event.meterId());
        if (known != null && known.getAggregation() == Aggregation.MAX) {
            return "Meter " + event.meterId() + " counts the highest value, which no meter in Stripe does";
        }
        return meter == null || meter.sums() ? null : refusal(event, meter.formula());
    }

    private static @Nullable String refusal(MeterEvent event, String formula) {
        if (event.summed()) {
            return "Meter " + event.meterId() + " adds values up in Drawdown and takes the " + formula
                    + " in Stripe; correct one of them";
        }
        return event.quantity().signum() < 0
                ? "Meter " + event.meterId() + " takes the " + formula
                        + " in Stripe, from which nothing can be taken back;" + " settle the difference by hand"
                : null;
    }

    private Verdict judge(MeterEvent event, String customer) {
        return billed(event, customer).<Verdict>map(Verdict.Refuse::new).orElseGet(() -> inTurn(event, customer));
    }

    /** Why Stripe would take it and bill nobody: it comes after the invoice. */
    Optional<String> billed(MeterEvent event, String customer) {
        return event.occurredAt().plus(NEVER_TOO_LATE).isAfter(clock.instant())
                ? Optional.empty()
                : stripe.finalizedInvoice(event.meterId(), customer, event.occurredAt())
                        .map(invoice -> "Invoice " + invoice + " has billed this time already and is final; settle the"
                                + " difference by hand, by an invoice item or a credit note");
    }

    private Verdict inTurn(MeterEvent event, String customer) {
        if (event.replaces() != null) {
            return inPlaceOf(event.replaces(), customer);
        }
        return event.quantity().signum() < 0 ? takingBack(event, customer) : new Verdict.Send(customer);
    }

    private Verdict takingBack(MeterEvent event, String customer) {
        if (events.isOfAnHourSettledByHand(event)) {
            return new Verdict.Refuse("Usage of this hour was settled by hand, and Stripe does not have it; settle the"
                    + " difference by hand, too");
        }
        return events.isAheadOfItsHour(event)
                ? new Verdict.Wait("Stripe does not have all usage of this hour yet; none is taken back before")
                : new Verdict.Send(customer);
    }

    private Verdict inPlaceOf(long replaced, String customer) {
        var before = events.find(replaced).orElse(null);
        if (before == null || before.isTakenBack()) {
            return new Verdict.Send(customer);
        }
        return before.staysAtStripe()
                ? new Verdict.Refuse("Meter event " + replaced + ", which it replaces, cannot be taken back; settle the"
                        + " difference by hand")
                : new Verdict.Wait("Meter event " + replaced + ", which it replaces, is still to be taken back");
    }
}
