package io.drawdown.wallet.domain;

/** Identity of one request for a top-up; everything that charges for it derives its own id from this one. */
public record ReplenishmentId(String value) {

    public ReplenishmentId {
        Ids.requireText(value, "replenishment id");
    }

    @Override
    public String toString() {
        return value;
    }
}
