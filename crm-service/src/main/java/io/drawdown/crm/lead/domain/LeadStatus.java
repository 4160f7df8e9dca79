package io.drawdown.crm.lead.domain;

import java.util.Locale;

/** How far a lead has come, in order. */
public enum LeadStatus {
    NEW,
    QUALIFIED,
    CONVERTED;

    /** The name as the API and the table have it: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of a label that {@link #label()} made. */
    public static LeadStatus of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
