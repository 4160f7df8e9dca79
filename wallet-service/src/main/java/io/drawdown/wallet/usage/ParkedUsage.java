package io.drawdown.wallet.usage;

import io.drawdown.wallet.rating.Rating.NotRated;
import io.drawdown.wallet.rating.Rating.NotRatedReason;
import org.springframework.core.NestedExceptionUtils;

/** Usage that cannot be drawn down yet; the detail says why in words and what would help. */
record ParkedUsage(Usage usage, Reason reason, String detail) {

    static ParkedUsage notRated(Usage usage, NotRated cause) {
        return new ParkedUsage(usage, Reason.of(cause.reason()), cause.detail());
    }

    static ParkedUsage failed(Usage usage, RuntimeException failure) {
        return new ParkedUsage(usage, Reason.FAILED, explain(failure));
    }

    static ParkedUsage behindFailed(Usage usage) {
        return new ParkedUsage(
                usage,
                Reason.FAILED,
                "Waits behind earlier usage of account " + usage.accountId() + " that cannot be recorded");
    }

    /** What went wrong, in the words of whoever refused. */
    static String explain(RuntimeException failure) {
        return "Cannot be recorded, look for it in the log and mend the cause: "
                + NestedExceptionUtils.getMostSpecificCause(failure);
    }

    /** Why usage waits. */
    enum Reason {
        NO_WALLET("no-wallet"),
        WALLET_CLOSED("wallet-closed"),
        NO_PRICE("no-price"),
        UNSUPPORTED_SCHEME("unsupported-scheme"),
        CURRENCY_MISMATCH("currency-mismatch"),
        PERIOD_CLOSED("period-closed"),
        /** Of corrections only. */
        PERIOD_TOO_LONG("period-too-long"),
        /** Of corrections only. */
        SEARCH_TOO_LONG("search-too-long"),
        PRICE_CHANGED("price-changed"),
        TOO_MANY_GRANTS("too-many-grants"),
        /** For no reason that was foreseen: what is behind it of the same account waits too. */
        FAILED("failed"),
        /** Of corrections only. */
        NOT_IN_LEDGER("not-in-ledger");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** @throws IllegalArgumentException for a code that this version does not know */
        static Reason of(String code) {
            for (var reason : values()) {
                if (reason.code.equals(code)) {
                    return reason;
                }
            }
            throw new IllegalArgumentException(
                    "Usage is parked for '" + code + "', which a newer version must have done");
        }

        static Reason of(NotRatedReason reason) {
            return switch (reason) {
                case NO_PRICE -> NO_PRICE;
                case UNSUPPORTED_SCHEME -> UNSUPPORTED_SCHEME;
            };
        }

        /** As it is stored and shown. */
        String code() {
            return code;
        }
    }
}
