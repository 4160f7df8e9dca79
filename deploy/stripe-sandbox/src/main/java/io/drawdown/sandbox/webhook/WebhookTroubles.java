package io.drawdown.sandbox.webhook;

import java.util.concurrent.atomic.AtomicInteger;

/** What goes wrong with webhooks on demand. All off at first. */
public final class WebhookTroubles {

    private final AtomicInteger drops = new AtomicInteger();
    private final AtomicInteger duplicates = new AtomicInteger();
    private volatile boolean held;
    private volatile boolean shuffled;

    /** The next so many deliveries are lost: never sent, never tried again. */
    public void dropNext(int count) {
        drops.set(count);
    }

    /** The next so many deliveries arrive twice. */
    public void duplicateNext(int count) {
        duplicates.set(count);
    }

    /** While held, nothing is sent. */
    public void hold(boolean hold) {
        held = hold;
    }

    /** While shuffled, deliveries go out in random order. */
    public void shuffle(boolean shuffle) {
        shuffled = shuffle;
    }

    public int drops() {
        return drops.get();
    }

    public int duplicates() {
        return duplicates.get();
    }

    public boolean isHeld() {
        return held;
    }

    public boolean isShuffled() {
        return shuffled;
    }

    boolean takeDrop() {
        return drops.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    boolean takeDuplicate() {
        return duplicates.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }
}
