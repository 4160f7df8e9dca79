package io.drawdown.billing.arrears;

import static java.util.Objects.requireNonNull;

import io.drawdown.billing.arrears.Addressing.Verdict;
import io.drawdown.billing.arrears.MeterGateway.Outgoing;
import io.drawdown.billing.domain.BackOff;
import io.drawdown.billing.domain.StripeFailure;
import io.drawdown.billing.settings.SyncProperties;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Brings meter events to Stripe, a step at a time: fixed and stored, then sent; and cancelled when it was wrong. */
@Component
class MeterEventSender {

    private static final Logger log = LoggerFactory.getLogger(MeterEventSender.class);

    /** Longer than a request takes at most. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    /** Stripe knows a repeat for a day; an hour is for clocks that differ and requests under way. */
    private static final Duration REPEATS_ARE_KNOWN = Duration.ofHours(23);

    private final MeterEvents events;
    private final MeterGateway stripe;
    private final Addressing addressing;
    private final Cancelling cancelling;
    private final BackOff backOff;
    private final Clock clock;

    MeterEventSender(
            MeterEvents events,
            MeterGateway stripe,
            Addressing addressing,
            Cancelling cancelling,
            SyncProperties properties,
            Clock clock) {
        this.events = events;
        this.stripe = stripe;
        this.addressing = addressing;
        this.cancelling = cancelling;
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
        switch (event.state()) {
            case SENDING -> attempt(event, this::sendAgain);
            case CANCELLING -> attempt(event, cancelling::cancel);
            default -> attempt(event, this::address);
        }
    }

    private void attempt(MeterEvent event, Consumer<MeterEvent> step) {
        try {
            step.accept(event);
        } catch (StripeFailure.Refused | StripeFailure.Declined e) {
            refused(event, e);
        } catch (StripeFailure e) {
            postpone(event, String.valueOf(e.getMessage()));
        }
    }

    /** A refusal to tell something ends nothing that Stripe may have: what it counts is not gone by that. */
    private void refused(MeterEvent event, StripeFailure refusal) {
        switch (event.state()) {
            case SENDING, CANCELLING -> postpone(event, String.valueOf(refusal.getMessage()));
            default -> end(event, State.REFUSED, refusal.getMessage());
        }
    }

    /** What can go is sent at once: behind a backlog its invoice could become final meanwhile. */
    private void address(MeterEvent event) {
        switch (addressing.judge(event)) {
            case Verdict.Send(var customerId) ->
                events.fix(event.id(), customerId, clock.instant(), LEASE)
                        .ifPresent(fixed -> attempt(fixed, this::send));
            case Verdict.Wait(var reason) -> postpone(event, reason);
            case Verdict.Refuse(var reason) -> end(event, State.REFUSED, reason);
        }
    }

    /** Stripe may have one that was fixed in an earlier step: that attempt failed, or the process died in it. */
    private void sendAgain(MeterEvent event) {
        var since = requireNonNull(event.sendingSince());
        if (since.plus(REPEATS_ARE_KNOWN).isBefore(clock.instant())) {
            end(
                    event,
                    State.UNCERTAIN,
                    "Stripe may have it since " + since + " and would not know a repeat any more; compare its totals");
            return;
        }
        addressing
                .billed(event, requireNonNull(event.customerId()))
                .ifPresentOrElse(
                        reason -> end(
                                event,
                                State.UNCERTAIN,
                                "Stripe may have it since " + since + "; compare its totals. If it has not: " + reason),
                        () -> send(event));
    }

    private void send(MeterEvent event) {
        var meter = stripe.meter(event.meterId());
        if (meter.isEmpty()) {
            postpone(event, "Stripe does not know meter " + event.meterId());
        } else {
            send(event, meter.get());
        }
    }

    private void send(MeterEvent event, BillingMeter meter) {
        try {
            stripe.send(
                    meter,
                    new Outgoing(
                            event.identifier(),
                            requireNonNull(event.customerId()),
                            event.quantity(),
                            event.occurredAt()));
            events.end(event.id(), State.SENT, clock.instant(), null);
        } catch (StripeFailure.Refused | StripeFailure.Declined refusal) {
            end(event, State.REFUSED, refusal.getMessage());
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
