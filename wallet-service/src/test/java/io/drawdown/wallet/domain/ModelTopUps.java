package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.usd;

/** When a wallet may ask for a top-up, in a few lines. */
final class ModelTopUps {

    /** Never switched off, so that declines go on. */
    static final ReplenishmentPolicy POLICY = new ReplenishmentPolicy(true, usd("0.02"), usd("0.05"));

    private static final int LONGEST_BACK_OFF = 24;

    private boolean pending;
    private int failures;
    private int notBefore;

    /** Asks; answers whether that was allowed. */
    boolean ask(int hour, Money available) {
        boolean isAllowed = !pending && hour >= notBefore && available.isLessThan(POLICY.threshold());
        pending = true;
        return isAllowed;
    }

    /** One, two, four hours and so on, up to a day. */
    void decline(int hour) {
        pending = false;
        notBefore = hour + Math.min(LONGEST_BACK_OFF, 1 << Math.min(failures++, 10));
    }

    void pay() {
        pending = false;
        failures = 0;
    }
}
