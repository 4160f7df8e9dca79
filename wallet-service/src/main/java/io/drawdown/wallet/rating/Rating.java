package io.drawdown.wallet.rating;

import io.drawdown.wallet.domain.Money;

/** The answer to what some usage costs. */
public sealed interface Rating {

    /**
     * A cost.
     *
     * @param amount unrounded
     */
    record Rated(String priceId, Money amount) implements Rating {}

    /**
     * No cost yet.
     *
     * @param detail the reason in words: cause and remedy
     */
    record NotRated(NotRatedReason reason, String detail) implements Rating {}

    /** Why usage has no cost yet. */
    enum NotRatedReason {
        /** No price is mapped to the meter for the time of the usage, or the catalogue lacks the meter or the price. */
        NO_PRICE,
        /** The price or the meter works in a way that is not rated in real time yet. */
        UNSUPPORTED_SCHEME
    }
}
