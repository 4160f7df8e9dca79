package io.drawdown.wire.deadletter;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What was said lately, so that a log does not repeat itself from try to try. */
final class Said {

    private final long lately;
    private final Map<String, Long> instants = new HashMap<>();

    Said(Duration lately) {
        this.lately = lately.toNanos();
    }

    synchronized boolean isNew(String text) {
        long now = System.nanoTime();
        instants.values().removeIf(instant -> now - instant >= lately);
        return instants.putIfAbsent(text, now) == null;
    }
}
