package io.drawdown.wallet.usage;

/** Usage that cannot be drawn down yet; the detail says why in words and what would help. */
record ParkedUsage(Usage usage, Reason reason, String detail) {

    /** Why usage waits. */
    enum Reason {
        NO_WALLET("no-wallet"),
        WALLET_CLOSED("wallet-closed"),
        NO_PRICE("no-price"),
        UNSUPPORTED_SCHEME("unsupported-scheme"),
        CURRENCY_MISMATCH("currency-mismatch");

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

        /** As it is stored and shown. */
        String code() {
            return code;
        }
    }
}
