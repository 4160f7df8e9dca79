package io.drawdown.wallet.credit;

/** A paid line that cannot be credited or dismissed yet; the detail says why in words and what would help. */
record ParkedLine(PaidLine line, Reason reason, String detail) {

    /** Why a line waits. */
    enum Reason {
        UNKNOWN_PRICE("unknown-price"),
        NO_ACCOUNT("no-account"),
        UNKNOWN_ACCOUNT("unknown-account"),
        CURRENCY_MISMATCH("currency-mismatch"),
        WALLET_CLOSED("wallet-closed"),
        /** For no reason that was foreseen. */
        FAILED("failed");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** As it is stored. */
        String code() {
            return code;
        }
    }
}
