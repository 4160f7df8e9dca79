package io.drawdown.billing.domain;

import org.jspecify.annotations.Nullable;

/** Why a call to Stripe brought no result, sorted by what may be done next. */
public abstract sealed class StripeFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final @Nullable String code;

    private StripeFailure(String message, @Nullable String code, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Stripe's error code, such as {@code resource_missing}, where there is one. */
    public @Nullable String code() {
        return code;
    }

    /** The call was understood and the payment did not go through (402). Final under its idempotency key. */
    public static final class Declined extends StripeFailure {
        private static final long serialVersionUID = 1;

        private final @Nullable String declineCode;

        public Declined(
                String message, @Nullable String code, @Nullable String declineCode, @Nullable Throwable cause) {
            super(message, code, cause);
            this.declineCode = declineCode;
        }

        /** The most telling code: the network's reason, else Stripe's error code. */
        public @Nullable String reasonCode() {
            return declineCode == null ? code() : declineCode;
        }

        /** What the decline means for whoever waits for the money. */
        public FailureReason reason() {
            return FailureReason.ofDecline(code(), declineCode);
        }
    }

    /** Stripe itself refuses the call as it stands (other 4xx); the same call again would be refused again. */
    public static final class Refused extends StripeFailure {
        private static final long serialVersionUID = 1;

        public Refused(String message, @Nullable String code, @Nullable Throwable cause) {
            super(message, code, cause);
        }

        /** Whether the refusal says that the object is not there. */
        public boolean isMissing() {
            return "resource_missing".equals(code());
        }
    }

    /** The call was turned away before it did anything (429, 409, wrong key or one without the right); try again later with the same key. */
    public static final class Busy extends StripeFailure {
        private static final long serialVersionUID = 1;

        public Busy(String message, @Nullable String code, @Nullable Throwable cause) {
            super(message, code, cause);
        }
    }

    /**
     * Nobody knows whether the call took effect (5xx, 424, connection lost, time-out, an answer that is not Stripe's or cannot be
     * read): look before trying again.
     */
    public static final class OutcomeUnknown extends StripeFailure {
        private static final long serialVersionUID = 1;

        private final boolean replayed;

        public OutcomeUnknown(String message, boolean replayed, @Nullable Throwable cause) {
            super(message, null, cause);
            this.replayed = replayed;
        }

        /**
         * Whether Stripe answered from what it keeps under the idempotency key: that execution is over and the key
         * will answer alike for a day, so only another key can make progress.
         */
        public boolean isReplayed() {
            return replayed;
        }
    }
}
