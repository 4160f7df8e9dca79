package io.drawdown.bench.gate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What streams of one length took.
 *
 * @param events in each request
 * @param requests how many there were, one after the other
 * @param bytes of their bodies, together
 * @param took all of them
 * @param heap what was alive in the heap of the service
 * @param resident memory of the service
 */
record StreamFigure(long events, int requests, long bytes, Duration took, Heap heap, Resident resident) {

    private static final double MILLIS_A_SECOND = 1_000;

    static final String HEAD = "%-16s %9s %10s %9s %9s %22s %14s"
            .formatted("events a request", "requests", "MB", "seconds", "events/s", "alive in heap MiB", "RSS MiB");

    /** The most that was alive in the heap, in MiB. */
    long heapMost() {
        return heap.most();
    }

    /** How much more was alive in the heap at most than before, in MiB. */
    long heapGrowth() {
        return heap.most() - heap.before();
    }

    private long eventsPerSecond() {
        return Math.round(events * requests * 1e9 / took.toNanos());
    }

    private double seconds() {
        return took.toMillis() / MILLIS_A_SECOND;
    }

    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("events", events);
        json.put("requests", requests);
        json.put("bytes", bytes);
        json.put("seconds", seconds());
        json.put("events_per_s", eventsPerSecond());
        json.put("live_heap_mb", heap);
        json.put("rss_mb", resident);
        return json;
    }

    String row() {
        return "%,-16d %,9d %,10.1f %,9.1f %,9d %22s %14s"
                .formatted(
                        events,
                        requests,
                        bytes / 1e6,
                        seconds(),
                        eventsPerSecond(),
                        heap.before() + " → " + heap.most() + " → " + heap.after(),
                        resident.before() + " → " + resident.after());
    }

    /**
     * What was alive, in MiB.
     *
     * @param before the first request
     * @param most while they came
     * @param after the last was answered
     */
    record Heap(long before, long most, long after) {}

    /**
     * Resident memory of its process, in MiB.
     *
     * @param before the first request
     * @param after the last was answered
     */
    record Resident(long before, long after) {}
}
