package io.drawdown.wallet.credit;

import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletState;

/** A paid line that cannot be credited or dismissed yet; the detail says why in words and what would help. */
record ParkedLine(PaidLine line, Reason reason, String detail) {

    static ParkedLine unknownPrice(PaidLine line) {
        return new ParkedLine(
                line,
                Reason.UNKNOWN_PRICE,
                "Price " + line.priceId() + " is not in the catalogue; it is decided when it arrives there");
    }

    static ParkedLine noAccount(PaidLine line) {
        return new ParkedLine(
                line,
                Reason.NO_ACCOUNT,
                "Invoice " + line.invoiceId() + " names no account; link its customer to an account");
    }

    static ParkedLine unknownAccount(PaidLine line) {
        return new ParkedLine(
                line,
                Reason.UNKNOWN_ACCOUNT,
                "Account " + line.accountId()
                        + " is not on crm.accounts.v1, which says in which time zone it counts; its wallet"
                        + " opens and the line is credited when it appears there, or when somebody opens the wallet");
    }

    static ParkedLine unknownWallet(PaidLine line, WalletId named) {
        return new ParkedLine(
                line,
                Reason.UNKNOWN_WALLET,
                "Wallet " + named + ", which invoice " + line.invoiceId()
                        + " names, is not open; the line is credited when somebody opens it, or when the invoice"
                        + " names another");
    }

    static ParkedLine closed(PaidLine line, WalletState wallet) {
        return new ParkedLine(
                line,
                Reason.WALLET_CLOSED,
                "Wallet " + wallet.id() + " is closed; open it again to credit the line, or refund the invoice");
    }

    static ParkedLine mismatch(PaidLine line, WalletState wallet) {
        return new ParkedLine(
                line,
                Reason.CURRENCY_MISMATCH,
                "Wallet " + wallet.id() + " holds " + wallet.currency() + " and cannot take " + line.subtotal()
                        + "; refund the invoice or credit by hand");
    }

    /** Why a line waits. */
    enum Reason {
        UNKNOWN_PRICE("unknown-price"),
        NO_ACCOUNT("no-account"),
        UNKNOWN_ACCOUNT("unknown-account"),
        UNKNOWN_WALLET("unknown-wallet"),
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
