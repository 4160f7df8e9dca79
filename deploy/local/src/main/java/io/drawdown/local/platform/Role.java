package io.drawdown.local.platform;

import java.util.Locale;

/** Who may call the services; each role has one API key on this machine. */
public enum Role {
    ADMIN,
    SALES,
    BILLING,
    FINANCE,
    INGEST,
    CS;

    /** The name as the services and {@code environment.json} have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
