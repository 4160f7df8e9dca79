package io.drawdown.billing.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a charge waits for the customer to confirm its payment.
 *
 * @param since when the bank first asked
 * @param until when it is given up
 * @param confirmationUrl where the customer can confirm; absent where Stripe shows no page
 */
public record CustomerWait(
        Instant since, Instant until, @Nullable String confirmationUrl) {

    /** Whether the customer has had the time. */
    public boolean isOver(Instant now) {
        return !now.isBefore(until);
    }
}
