package io.drawdown.chaos.load;

import io.drawdown.demo.client.Environment;

/** Takes a meter's price away and brings it back, again and again: what is used in between is parked and drawn down later. */
final class PriceTide {

    private final Environment environment;
    private final Catalogue catalogue;
    private final Sent sent;
    private boolean priced = true;

    PriceTide(Environment environment, Catalogue catalogue, Sent sent) {
        this.environment = environment;
        this.catalogue = catalogue;
        this.sent = sent;
    }

    /** Turns; returns 1. */
    int turn() {
        set(!priced);
        return 1;
    }

    /** Brings the price back for good. */
    void end() {
        set(true);
    }

    private void set(boolean toPriced) {
        catalogue.setPriced(environment, ChaosMeter.STORAGE, toPriced);
        priced = toPriced;
        sent.changed();
    }
}
