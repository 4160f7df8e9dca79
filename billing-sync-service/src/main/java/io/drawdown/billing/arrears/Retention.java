package io.drawdown.billing.arrears;

import java.time.Clock;
import java.time.Duration;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets meter events that Stripe has had for so long that nobody compares them any more. */
@Component
class Retention {

    private static final Duration KEPT = Duration.ofDays(120);

    private final MeterEvents events;
    private final Clock clock;

    Retention(MeterEvents events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT1H")
    void forget() {
        events.forgetOverBefore(clock.instant().minus(KEPT));
    }
}
