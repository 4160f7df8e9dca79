package io.drawdown.sandbox.meter;

import java.time.Duration;

/**
 * What Stripe does not publish about its meters.
 *
 * @param processingDelay between the acceptance of an event or a cancellation and its effect on summaries
 * @param validationWindow how long faults of one meter are gathered into one report
 * @param validatedAtOnce whether {@code POST /v1/} and {@code /v2/billing/meter_events} refuse an event for its meter,
 *     customer or value, as Stripe says it does; when false, such faults come as error reports only. The event stream is
 *     always validated later.
 * @param newestFirst whether summaries begin with the newest window
 */
public record MeterSettings(
        Duration processingDelay, Duration validationWindow, boolean validatedAtOnce, boolean newestFirst) {

    /** A fifth of a second, ten seconds, validation at once, and the newest first. */
    public static final MeterSettings DEFAULT =
            new MeterSettings(Duration.ofMillis(200), Duration.ofSeconds(10), true, true);

    public MeterSettings {
        if (processingDelay.isNegative() || validationWindow.isNegative()) {
            throw new IllegalArgumentException("A meter's delay and validation window are not negative");
        }
    }

    public MeterSettings withProcessingDelay(Duration delay) {
        return new MeterSettings(delay, validationWindow, validatedAtOnce, newestFirst);
    }

    public MeterSettings withValidationWindow(Duration window) {
        return new MeterSettings(processingDelay, window, validatedAtOnce, newestFirst);
    }

    public MeterSettings withValidationAtOnce(boolean atOnce) {
        return new MeterSettings(processingDelay, validationWindow, atOnce, newestFirst);
    }
}
