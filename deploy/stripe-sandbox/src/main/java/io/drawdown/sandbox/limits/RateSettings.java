package io.drawdown.sandbox.limits;

/**
 * Requests a second, for each account; 0 is without limit.
 *
 * @param all requests together, without usage events
 * @param endpoint requests to one method and path, ids apart
 * @param search requests to all searches together
 * @param usage usage events
 * @param intentUpdates changes of one payment intent; an hour, not a second
 */
public record RateSettings(int all, int endpoint, int search, int usage, int intentUpdates) {

    /** No limits. */
    public static final RateSettings OFF = new RateSettings(0, 0, 0, 0, 0);

    /** What Stripe grants its sandboxes. */
    public static final RateSettings SANDBOX = new RateSettings(25, 25, 20, 1_000, 1_000);

    /** What Stripe grants in live mode. */
    public static final RateSettings LIVE = new RateSettings(100, 25, 20, 1_000, 1_000);

    public RateSettings {
        if (all < 0 || endpoint < 0 || search < 0 || usage < 0 || intentUpdates < 0) {
            throw new IllegalArgumentException("A limit is 0 or more requests");
        }
    }
}
