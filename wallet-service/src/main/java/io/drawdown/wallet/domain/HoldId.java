package io.drawdown.wallet.domain;

/** Identity of a hold, derived from the request that placed it. */
public record HoldId(String value) {

    public HoldId {
        Ids.requireText(value, "hold id");
    }

    @Override
    public String toString() {
        return value;
    }
}
