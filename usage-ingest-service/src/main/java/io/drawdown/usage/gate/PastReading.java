package io.drawdown.usage.gate;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** How consumers are set that read again what stands in a partition: for themselves, at one place after the other. */
final class PastReading {

    /**
     * A consumer asks for what comes next before anybody wants it. At the end of a partition the broker keeps that back as
     * long as it may, half a second by default, and answers nothing else on the connection meanwhile: each look at a
     * recent place would cost as much.
     */
    private static final int FETCH_WAIT_MILLIS = 5;

    private PastReading() {}

    /** @param config of the service's consumers */
    static Map<String, Object> settings(Map<String, Object> config) {
        var settings = new HashMap<>(config);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        return settings;
    }
}
