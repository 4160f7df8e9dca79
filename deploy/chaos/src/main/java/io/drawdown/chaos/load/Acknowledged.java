package io.drawdown.chaos.load;

import io.drawdown.chaos.load.Sent.Usage;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The usage that was acknowledged last, to be sent again by anyone: what came over HTTP is repeated over Kafka, too. */
final class Acknowledged {

    private static final int KEPT = 4_000;

    private final AtomicReferenceArray<@Nullable Usage> ring = new AtomicReferenceArray<>(KEPT);
    private final AtomicInteger count = new AtomicInteger();

    void add(Usage usage) {
        ring.set(Math.floorMod(count.getAndIncrement(), KEPT), usage);
    }

    /** Any of them; null while there is none. */
    @Nullable
    Usage any(SplittableRandom random) {
        var known = Math.min(count.get(), KEPT);
        return known == 0 ? null : ring.get(random.nextInt(known));
    }
}
