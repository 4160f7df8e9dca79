package io.drawdown.sandbox.webhook;

import io.drawdown.sandbox.json.Json;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What goes wrong with webhooks on demand. All off at first. */
public final class WebhookTroubles {

    private static final int MAX_DELAY = 3_600_000;

    private final AtomicInteger drops = new AtomicInteger();
    private final AtomicInteger duplicates = new AtomicInteger();
    private volatile boolean held;
    private volatile boolean shuffled;
    private volatile int delayMillis;
    private volatile int skewSeconds;

    /**
     * Changes what the object names and leaves the rest.
     *
     * <ul>
     *   <li>{@code drop}: the next so many deliveries are lost: never sent, never tried again
     *   <li>{@code duplicate}: the next so many deliveries arrive twice
     *   <li>{@code hold}: while true, nothing is sent
     *   <li>{@code shuffle}: while true, deliveries go out in random order
     *   <li>{@code delayMillis}: each delivery starts so much later
     *   <li>{@code skewSeconds}: signatures are dated so much later, or earlier when negative
     * </ul>
     */
    void change(JsonNode json) {
        drops.set(count(json, "drop", drops()));
        duplicates.set(count(json, "duplicate", duplicates()));
        held = json.has("hold") ? Json.flag(json, "hold") : held;
        shuffled = json.has("shuffle") ? Json.flag(json, "shuffle") : shuffled;
        delayMillis = Math.min(count(json, "delayMillis", delayMillis), MAX_DELAY);
        skewSeconds = (int) Json.number(json, "skewSeconds", skewSeconds);
    }

    private static int count(JsonNode json, String name, int otherwise) {
        return Math.max(0, (int) Json.number(json, name, otherwise));
    }

    void clear() {
        change(Json.object()
                .put("drop", 0)
                .put("duplicate", 0)
                .put("hold", false)
                .put("shuffle", false)
                .put("delayMillis", 0)
                .put("skewSeconds", 0));
    }

    ObjectNode state() {
        return Json.object()
                .put("drop", drops())
                .put("duplicate", duplicates())
                .put("hold", held)
                .put("shuffle", shuffled)
                .put("delayMillis", delayMillis)
                .put("skewSeconds", skewSeconds);
    }

    private int drops() {
        return drops.get();
    }

    private int duplicates() {
        return duplicates.get();
    }

    boolean isHeld() {
        return held;
    }

    boolean isShuffled() {
        return shuffled;
    }

    int delayMillis() {
        return delayMillis;
    }

    int skewSeconds() {
        return skewSeconds;
    }

    boolean takeDrop() {
        return drops.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    boolean takeDuplicate() {
        return duplicates.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }
}
