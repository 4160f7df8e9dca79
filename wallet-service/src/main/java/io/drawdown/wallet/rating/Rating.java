package io.drawdown.wallet.rating;

import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.RunningTotal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** The answer to what some usage costs. */
public sealed interface Rating {

    /** A price is there. */
    sealed interface Priced extends Rating {

        String priceId();

        Currency currency();
    }

    /**
     * A cost that does not depend on other usage.
     *
     * @param amount unrounded
     */
    record Rated(String priceId, Money amount) implements Priced {

        @Override
        public Currency currency() {
            return amount.currency();
        }
    }

    /** The cost is what it adds to the cost of the month's total. */
    record RatedByTotal(Tariff.Known tariff, Aggregation aggregation) implements Priced {

        @Override
        public String priceId() {
            return tariff.priceId();
        }

        @Override
        public Currency currency() {
            return tariff.currency();
        }

        /** @param total null when there was no usage in the month yet */
        public Money cost(@Nullable RunningTotal total) {
            return total == null ? Money.zero(currency()) : tariff.cost(total.quantity());
        }
    }

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
        /** The price or the meter works in a way that this version does not know. */
        UNSUPPORTED_SCHEME
    }
}
