package io.drawdown.wallet.domain;

import java.util.regex.Pattern;

/** Identity of a grant, derived from what caused it, so that a cause grants once. */
public record GrantId(String value) implements Comparable<GrantId> {

    /** With room for what rolling over adds. */
    private static final int MAX_LENGTH = 280;

    private static final Pattern ROLLED_OVER = Pattern.compile("(.+)\\.rol\\d{1,19}");

    public GrantId {
        Ids.requireText(value, "grant id", MAX_LENGTH);
    }

    /** The grant that a paid invoice line causes. */
    public static GrantId ofInvoiceLine(String lineId) {
        return new GrantId("grt_" + lineId);
    }

    /** The grant that comes as a bonus with what a paid invoice line buys. */
    public static GrantId ofBonus(String lineId) {
        return new GrantId("bns_" + lineId);
    }

    /** The grant as which this one goes on, by the event of this sequence. */
    GrantId rolledOver(long sequence) {
        return new GrantId(value + ".rol" + sequence);
    }

    /** The grant that rolled over into this one; this one itself if none did. */
    public GrantId origin() {
        var parts = ROLLED_OVER.matcher(value);
        return parts.matches() ? new GrantId(parts.group(1)) : this;
    }

    @Override
    public int compareTo(GrantId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
