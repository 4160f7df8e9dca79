package io.drawdown.chaos.load;

import io.drawdown.demo.client.Environment;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;

/** Takes a meter's price away and brings it back, again and again: what is used in between is parked and drawn down later. */
final class PriceTide {

    private static final Duration BEFORE_ANOTHER_TRY = Duration.ofSeconds(1);
    private static final int TRIES = 120;

    private final Environment environment;
    private final Catalogue catalogue;
    private final Sent sent;
    private boolean priced = true;

    PriceTide(Environment environment, Catalogue catalogue, Sent sent) {
        this.environment = environment;
        this.catalogue = catalogue;
        this.sent = sent;
    }

    /** Turns, unless broker or registry are away just now; returns 1. */
    int turn() {
        set(!priced);
        return 1;
    }

    /** Brings the price back for good. */
    void end() {
        for (int tries = 1; !set(true); tries++) {
            if (tries == TRIES) {
                sent.complain("The price could not be brought back");
                return;
            }
            LockSupport.parkNanos(BEFORE_ANOTHER_TRY.toNanos());
        }
    }

    private boolean set(boolean toPriced) {
        try {
            catalogue.setPriced(environment, ChaosMeter.STORAGE, toPriced);
        } catch (IllegalStateException | KafkaException away) {
            sent.retried();
            return false;
        }
        priced = toPriced;
        sent.changed();
        return true;
    }
}
