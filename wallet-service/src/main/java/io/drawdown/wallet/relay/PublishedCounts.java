package io.drawdown.wallet.relay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;

/** Counts published events by their type, so that somebody can be told of those that want a person; for one thread. */
final class PublishedCounts {

    private final MeterRegistry meters;
    private final Map<String, Counter> byType = new HashMap<>();

    PublishedCounts(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @param type full name of its schema */
    void count(String type) {
        byType.computeIfAbsent(type, this::counter).increment();
    }

    private Counter counter(String type) {
        return Counter.builder("drawdown.wallet.events.published")
                .description("Wallet events that this instance has sent, by type; one that is sent again counts again")
                .tag("type", type.substring(type.lastIndexOf('.') + 1))
                .register(meters);
    }
}
