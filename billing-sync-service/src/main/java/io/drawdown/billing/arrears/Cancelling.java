package io.drawdown.billing.arrears;

import static java.util.Objects.requireNonNull;

import io.drawdown.billing.domain.StripeFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Has Stripe forget a meter event whose usage was corrected: it cancels those of the last day. Later one that is added up is
 * taken back by another meter event; any other is for somebody to settle.
 */
@Component
class Cancelling {

    private static final Logger log = LoggerFactory.getLogger(Cancelling.class);

    /** Stripe cancels what it received in the last day; an hour is for clocks that differ and requests under way. */
    private static final Duration CAN_BE_CANCELLED = Duration.ofHours(23);

    private final MeterEvents events;
    private final MeterGateway stripe;
    private final Addressing addressing;
    private final Clock clock;

    Cancelling(MeterEvents events, MeterGateway stripe, Addressing addressing, Clock clock) {
        this.events = events;
        this.stripe = stripe;
        this.addressing = addressing;
        this.clock = clock;
    }

    /** @throws StripeFailure if it is to be tried again */
    void cancel(MeterEvent event) {
        try {
            addressing
                    .billed(event, requireNonNull(event.customerId()))
                    .ifPresentOrElse(reason -> giveUp(event, reason), () -> cancelUnbilled(event));
        } catch (StripeFailure.Refused | StripeFailure.Declined refused) {
            afterRefusal(event, refused);
        }
    }

    /**
     * A refusal may be over soon, as with the key of another account in Stripe, and what was sent long ago can be taken back
     * then. So it ends nothing for a day after the correction, which is also after all the time in which Stripe could cancel.
     */
    private void afterRefusal(MeterEvent event, StripeFailure refused) {
        if (isOfTheLastDay(event.withdrawnAt())) {
            throw refused;
        }
        giveUp(
                event,
                "Stripe cancels usage for a day only, and a day after the correction it still refuses to tell what must be"
                        + " known before; compare its totals and settle by hand what it still counts. "
                        + refused.getMessage());
    }

    private void cancelUnbilled(MeterEvent event) {
        var meter = stripe.meter(event.meterId())
                .orElseThrow(
                        () -> new StripeFailure.Refused("Stripe does not know meter " + event.meterId(), null, null));
        if (isOfTheLastDay(event.sendingSince())) {
            cancel(event, meter);
        } else if (meter.sums()) {
            events.takeBack(event, clock.instant());
        } else {
            giveUp(
                    event,
                    "Stripe cancels usage for a day only, and takes the " + meter.formula() + " of meter "
                            + event.meterId() + "; settle the difference by hand");
        }
    }

    private void cancel(MeterEvent event, BillingMeter meter) {
        try {
            stripe.cancel(meter, event.identifier());
            events.end(event.id(), State.CANCELLED, clock.instant(), null);
        } catch (StripeFailure.Refused refused) {
            giveUp(event, String.valueOf(refused.getMessage()));
        }
    }

    private boolean isOfTheLastDay(@Nullable Instant since) {
        return requireNonNull(since).plus(CAN_BE_CANCELLED).isAfter(clock.instant());
    }

    private void giveUp(MeterEvent event, String reason) {
        log.warn("Meter event {} of account {} cannot be cancelled: {}", event.id(), event.accountId(), reason);
        events.end(event.id(), State.IRREVOCABLE, clock.instant(), reason);
    }
}
