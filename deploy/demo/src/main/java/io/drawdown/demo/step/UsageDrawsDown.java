package io.drawdown.demo.step;

import static io.drawdown.demo.step.CatalogueFromStripe.METER_EVENT;

import io.drawdown.demo.step.Story.Fact;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;

/** Usage over both ways in, with repeats, takes exactly its worth out of the wallet. */
public final class UsageDrawsDown implements Step {

    @Override
    public String name() {
        return "3,000 units of usage over HTTP and Kafka, with repeats, leave exactly $70.00";
    }

    @Override
    public String perform(Story story) {
        var account = story.recall(Fact.ACCOUNT);
        var backend = story.backend();
        var http = CloudEvents.batch(story, "batch-", 100, 10);
        var single = CloudEvents.batch(story, "single-", 1, "500").getFirst();
        var kafka = ids("usage-", 150);

        story.ingest().post("/v1/events", http, CloudEvents.BATCH, "");
        story.ingest().post("/v1/events", single, CloudEvents.SINGLE, "");
        backend.sendAll(account, METER_EVENT, kafka, BigDecimal.TEN);
        story.ingest().post("/v1/events", http.subList(0, 50), CloudEvents.BATCH, "");
        backend.sendAll(account, METER_EVENT, kafka.subList(0, 75), BigDecimal.TEN);

        Eventually.balance(story, "70.00");
        return "1,500 units over HTTP, 1,500 over Kafka; 125 repeats cost nothing";
    }

    static List<String> ids(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }
}
