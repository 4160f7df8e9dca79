package io.drawdown.sandbox.subscription;

import java.time.Duration;
import java.util.List;

/**
 * What a Stripe account chooses for its subscriptions.
 *
 * @param afterLastRetry what becomes of one whose invoice is not paid after the last try
 * @param retries the time from each failed try to collect an invoice to the next, also for one that no subscription has
 * @param upcomingBefore how long before a renewal {@code invoice.upcoming} is said
 * @param webhookPatience how long a renewal's draft waits at most for its {@code invoice.created} to be delivered
 * @param perCustomer how many that have not ended a customer has at most; {@code ClockSettings} has it for test clocks
 */
public record SubscriptionSettings(
        AfterLastRetry afterLastRetry,
        List<Duration> retries,
        Duration upcomingBefore,
        Duration webhookPatience,
        int perCustomer) {

    public SubscriptionSettings {
        if (perCustomer < 1) {
            throw new IllegalArgumentException("A customer may have at least one subscription");
        }
        retries = List.copyOf(retries);
    }

    /** The end of dunning. */
    public enum AfterLastRetry {
        CANCEL,
        MARK_UNPAID,
        LEAVE_PAST_DUE
    }

    /** Tried again after 3, 5 and 7 days and then canceled; told of a renewal 7 days before; three days for a webhook; 500. */
    public static final SubscriptionSettings DEFAULT = new SubscriptionSettings(
            AfterLastRetry.CANCEL,
            List.of(Duration.ofDays(3), Duration.ofDays(5), Duration.ofDays(7)),
            Duration.ofDays(7),
            Duration.ofHours(72),
            500);

    /** The same, with another end of dunning. */
    public SubscriptionSettings with(AfterLastRetry chosen, List<Duration> tries) {
        return new SubscriptionSettings(chosen, tries, upcomingBefore, webhookPatience, perCustomer);
    }
}
