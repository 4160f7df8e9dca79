package io.drawdown.demo.step;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Usage as CloudEvents, the way a backend without Kafka reports it. */
final class CloudEvents {

    static final String BATCH = "application/cloudevents-batch+json";
    static final String SINGLE = "application/cloudevents+json";

    private CloudEvents() {}

    static Map<String, Object> usage(Story story, String id, String type, String subject, Object value, Instant time) {
        return Map.of(
                "specversion",
                "1.0",
                "id",
                id,
                "source",
                source(story),
                "type",
                type,
                "subject",
                subject,
                "time",
                time.toString(),
                "data",
                Map.of("value", value));
    }

    /** The source under which this run reports over HTTP. */
    static String source(Story story) {
        return "/demo/http/" + story.run();
    }

    /** A number of events under ids that a repeat uses again. */
    static List<Map<String, Object>> batch(Story story, String idPrefix, int count, Object value) {
        var account = story.recall(Story.Fact.ACCOUNT);
        var now = Instant.now();
        return IntStream.range(0, count)
                .mapToObj(i -> usage(story, idPrefix + i, CatalogueFromStripe.METER_EVENT, account, value, now))
                .toList();
    }
}
