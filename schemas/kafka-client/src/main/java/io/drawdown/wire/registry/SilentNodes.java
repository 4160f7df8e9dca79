package io.drawdown.wire.registry;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Stream;

/**
 * Which of a registry's nodes gave no answer in time of late: asking them again would take as long. Those that are away or say that
 * they are out of order do so at once, and are none of these. Safe for use by several threads.
 */
final class SilentNodes {

    /** Three times the read time-out of who has set none: whoever asks on and on waits a quarter of the time. */
    private static final Duration REMEMBERED = Duration.ofSeconds(30);

    private final AtomicLongArray untilNanos;

    /** @param count of the nodes, whose numbers are those below it */
    SilentNodes(int count) {
        this.untilNanos = new AtomicLongArray(count);
        for (int node = 0; node < count; node++) {
            remove(node);
        }
    }

    boolean contains(int node) {
        long until = untilNanos.get(node);
        return System.nanoTime() - until < 0;
    }

    void add(int node) {
        untilNanos.set(node, System.nanoTime() + REMEMBERED.toNanos());
    }

    void remove(int node) {
        untilNanos.set(node, System.nanoTime());
    }

    /** The same nodes, first those that are not silent, else in the order in which they came. */
    List<Integer> last(List<Integer> nodes) {
        var silent = nodes.stream().filter(this::contains).toList();
        return Stream.concat(nodes.stream().filter(each -> !silent.contains(each)), silent.stream())
                .toList();
    }
}
