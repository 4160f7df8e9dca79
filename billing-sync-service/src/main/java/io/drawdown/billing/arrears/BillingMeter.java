package io.drawdown.billing.arrears;

/**
 * A meter as Stripe wants its events.
 *
 * @param formula {@code sum}, {@code count} or {@code last}
 * @param customerKey the payload's key for the customer
 * @param valueKey the payload's key for the value
 */
public record BillingMeter(String eventName, String formula, String customerKey, String valueKey, boolean active) {

    /** Whether it adds values up; only then they may be negative. */
    boolean sums() {
        return "sum".equals(formula);
    }
}
