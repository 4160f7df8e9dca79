package io.drawdown.wallet.usage;

/** Usage that cannot be drawn down yet; the detail says why in words and what would help. */
record ParkedUsage(Usage usage, Reason reason, String detail) {

    /** Why usage waits. */
    enum Reason {
        NO_WALLET("no-wallet"),
        NO_PRICE("no-price"),
        UNSUPPORTED_SCHEME("unsupported-scheme"),
        CURRENCY_MISMATCH("currency-mismatch");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** As it is stored and shown. */
        String code() {
            return code;
        }
    }
}
