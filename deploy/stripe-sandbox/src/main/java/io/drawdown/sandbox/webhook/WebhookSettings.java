package io.drawdown.sandbox.webhook;

import java.time.Duration;
import java.util.List;

/**
 * What Stripe does not publish about webhooks.
 *
 * @param maxEndpoints webhook endpoints and event destinations together
 * @param timeout how long an endpoint has to answer
 * @param retries the wait after each failed delivery until the next try; after the last it is given up
 */
public record WebhookSettings(int maxEndpoints, Duration timeout, List<Duration> retries) {

    /** Sixteen endpoints; ten seconds; after 1, 5 and 30 minutes, 2, 5 and 10 hours and then 12-hourly, 72 hours or so. */
    public static final WebhookSettings DEFAULT = new WebhookSettings(
            16,
            Duration.ofSeconds(10),
            List.of(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(5),
                    Duration.ofHours(10),
                    Duration.ofHours(12),
                    Duration.ofHours(12),
                    Duration.ofHours(12),
                    Duration.ofHours(12)));

    public WebhookSettings {
        retries = List.copyOf(retries);
        if (maxEndpoints < 1) {
            throw new IllegalArgumentException("There is at least one webhook endpoint, not " + maxEndpoints);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("An endpoint has some time to answer, not " + timeout);
        }
        if (retries.stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException(
                    "A failed delivery is not tried again a negative time later: " + retries);
        }
    }
}
