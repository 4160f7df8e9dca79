package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.money.ProcessingFee;
import java.time.Duration;

/**
 * What Stripe leaves open or does not publish about payments, as this sandbox does it.
 *
 * @param fee what is kept of payments and disputes
 * @param later how long everything takes that Stripe does "some time later": a bank debit, a pending refund, the dispute
 *     of a test card made for it; whole seconds
 */
public record PaymentSettings(ProcessingFee fee, Duration later) {

    /** Stripe's published fees, and two seconds. */
    public static final PaymentSettings DEFAULT = new PaymentSettings(ProcessingFee.USUAL, Duration.ofSeconds(2));

    public PaymentSettings {
        if (later.isNegative()) {
            throw new IllegalArgumentException("What happens later takes no negative time: " + later);
        }
    }
}
