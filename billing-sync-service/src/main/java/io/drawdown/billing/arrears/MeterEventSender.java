package io.drawdown.billing.arrears;

import static java.util.Objects.requireNonNull;

import io.drawdown.billing.arrears.MeterGateway.Outgoing;
import io.drawdown.billing.customer.CustomerLinks;
import io.drawdown.billing.domain.BackOff;
import io.drawdown.billing.domain.StripeFailure;
import io.drawdown.billing.settings.SyncProperties;
import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.catalog.Meter;
import io.drawdown.wire.view.CompactedTopicView;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Brings meter events to Stripe, a step at a time: first fixed and stored, then sent. */
@Component
class MeterEventSender {

    private static final Logger log = LoggerFactory.getLogger(MeterEventSender.class);

    /** Longer than a request takes at most. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    /** Stripe knows a repeat for a day; an hour is for clocks that differ and requests under way. */
    private static final Duration REPEATS_ARE_KNOWN = Duration.ofHours(23);

    /** Stripe takes usage of 35 days; a day is for what waits in between. */
    private static final Duration OLDEST = Duration.ofDays(34);

    private final MeterEvents events;
    private final MeterGateway stripe;
    private final CustomerLinks customers;
    private final CompactedTopicView<Meter> catalogMeters;
    private final BackOff backOff;
    private final Clock clock;

    MeterEventSender(
            MeterEvents events,
            MeterGateway stripe,
            CustomerLinks customers,
            CompactedTopicView<Meter> catalogMeters,
            SyncProperties properties,
            Clock clock) {
        this.events = events;
        this.stripe = stripe;
        this.customers = customers;
        this.catalogMeters = catalogMeters;
        this.backOff = properties.backOff();
        this.clock = clock;
    }

    /** Takes one step of one meter event. */
    boolean stepNext() {
        var claimed = events.claim(clock.instant(), LEASE);
        claimed.ifPresent(this::step);
        return claimed.isPresent();
    }

    private void step(MeterEvent event) {
        try {
            if (event.state() == State.SENDING) {
                send(event);
            } else {
                address(event);
            }
        } catch (StripeFailure.Refused | StripeFailure.Declined e) {
            end(event, State.REFUSED, e.getMessage());
        } catch (StripeFailure e) {
            postpone(event, String.valueOf(e.getMessage()));
        }
    }

    private void address(MeterEvent event) {
        var meter = stripe.meter(event.meterId());
        var customer = customers.customerOf(event.accountId());
        var refusal = refusal(event, meter.orElse(null));
        if (refusal != null) {
            end(event, State.REFUSED, refusal);
        } else if (meter.isEmpty() || !meter.get().active()) {
            postpone(event, "Meter " + event.meterId() + " is not active in Stripe; it waits until it is");
        } else if (customer.isEmpty()) {
            postpone(event, "Account " + event.accountId() + " has no customer in Stripe; it waits until it has");
        } else {
            events.fix(event.id(), customer.get(), clock.instant());
        }
    }

    private @Nullable String refusal(MeterEvent event, @Nullable BillingMeter meter) {
        if (event.occurredAt().isBefore(clock.instant().minus(OLDEST))) {
            return "Stripe takes usage of the last 35 days only; bill it by an invoice item";
        }
        var known = catalogMeters.get(event.meterId());
        if (known != null && known.getAggregation() == Aggregation.MAX) {
            return "Meter " + event.meterId() + " counts the highest value, which no meter in Stripe does";
        }
        if (meter != null && event.summed() && !"sum".equals(meter.formula())) {
            return "Meter " + event.meterId() + " adds values up in Drawdown and takes the " + meter.formula()
                    + " in Stripe; correct one of them";
        }
        return null;
    }

    private void send(MeterEvent event) {
        var since = requireNonNull(event.sendingSince());
        if (since.plus(REPEATS_ARE_KNOWN).isBefore(clock.instant())) {
            end(
                    event,
                    State.UNCERTAIN,
                    "Stripe may have it since " + since + " and would not know a repeat any more; compare its totals");
            return;
        }
        var meter = stripe.meter(event.meterId());
        if (meter.isEmpty()) {
            postpone(event, "Stripe does not know meter " + event.meterId());
        } else {
            stripe.send(
                    meter.get(),
                    new Outgoing(
                            event.identifier(),
                            requireNonNull(event.customerId()),
                            event.quantity(),
                            event.occurredAt()));
            events.end(event.id(), State.SENT, clock.instant(), null);
        }
    }

    private void postpone(MeterEvent event, String reason) {
        var now = clock.instant();
        events.postpone(event.id(), now, now.plus(backOff.after(event.attempts() + 1)), reason);
    }

    private void end(MeterEvent event, State state, @Nullable String reason) {
        log.warn("Meter event {} of account {} is {}: {}", event.id(), event.accountId(), state, reason);
        events.end(event.id(), state, clock.instant(), reason);
    }
}
