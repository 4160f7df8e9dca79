package io.drawdown.sandbox.subscription;

import java.time.Duration;

/**
 * What a Stripe account chooses for its subscriptions.
 *
 * @param afterLastRetry what becomes of one whose invoice is not paid after the last try
 * @param upcomingBefore how long before a renewal {@code invoice.upcoming} is said
 * @param webhookPatience how long a renewal's draft waits at most for its {@code invoice.created} to be delivered
 */
public record SubscriptionSettings(AfterLastRetry afterLastRetry, Duration upcomingBefore, Duration webhookPatience) {

    /** The end of dunning. */
    public enum AfterLastRetry {
        CANCEL,
        MARK_UNPAID,
        LEAVE_PAST_DUE
    }

    /** Canceled after the last try; told of a renewal seven days before; three days for a webhook. */
    public static final SubscriptionSettings DEFAULT =
            new SubscriptionSettings(AfterLastRetry.CANCEL, Duration.ofDays(7), Duration.ofHours(72));
}
