package io.drawdown.wallet.domain;

/** Identity of a grant, derived from what caused it, so that a cause grants once. */
public record GrantId(String value) implements Comparable<GrantId> {

    public GrantId {
        Ids.requireText(value, "grant id");
    }

    /** The grant that a paid invoice line causes. */
    public static GrantId ofInvoiceLine(String lineId) {
        return new GrantId("grt_" + lineId);
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
