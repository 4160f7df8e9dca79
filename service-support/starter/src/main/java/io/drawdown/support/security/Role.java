package io.drawdown.support.security;

import java.util.Locale;

/** What a key is for. Written in lower case in configuration and messages. */
public enum Role {
    /** A product backend that delivers usage. */
    INGEST,
    /** Leads, opportunities, accounts. */
    SALES,
    /** Customer success: reads, changes nothing. */
    CS,
    /** Wallets, catalogue, the sync with the payment provider. */
    BILLING,
    /** Reports on money. */
    FINANCE,
    /** May do everything, listed or not. */
    ADMIN;

    String authority() {
        return "ROLE_" + name();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
