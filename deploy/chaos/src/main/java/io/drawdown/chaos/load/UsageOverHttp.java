package io.drawdown.chaos.load;

import static java.util.stream.Collectors.toMap;

import io.drawdown.chaos.load.Sent.Usage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Usage in batches of CloudEvents, some of it days old, and much of that from where the month begins. */
final class UsageOverHttp {

    private static final String BATCH = "application/cloudevents-batch+json";
    private static final int LARGEST_BATCH = 20;

    private final Insistence ingest;
    private final UsageSource source;
    private final Sent sent;
    private final String name;

    /** @param name the CloudEvents source */
    UsageOverHttp(Insistence ingest, UsageSource source, Sent sent, String name) {
        this.ingest = ingest;
        this.source = source;
        this.sent = sent;
        this.name = name;
    }

    /** Sends one batch until it is answered; returns how many events that were. */
    int send() {
        var batch = new ArrayList<Usage>();
        for (int size = 1 + source.random().nextInt(LARGEST_BATCH); size > 0; size--) {
            batch.add(source.next());
        }
        var body = batch.stream().map(this::cloudEvent).toList();
        switch (ingest.to(api -> api.post("/v1/events", body, BATCH, ""))) {
            case Answer.Done(JsonNode receipt) -> settle(batch, receipt);
            case Answer.Refusal refusal -> sent.complain("A batch of usage was refused: " + refusal.words());
        }
        return batch.size();
    }

    /** An instance takes requests once it knows all accounts and meters: what is in order is refused by none, however new. */
    private void settle(List<Usage> batch, JsonNode receipt) {
        var reasons = receipt.path("rejected").values().stream()
                .collect(toMap(
                        each -> each.path("id").asString(""),
                        each -> each.path("reason").asString(""),
                        (one, _) -> one));
        for (var usage : batch) {
            var reason = reasons.get(usage.id());
            expectRefusal(usage, reason);
            if (reason != null) {
                sent.refusedOverHttp(usage.id());
            }
            if (reason == null || usage.refusal() != null) {
                source.acknowledged(usage);
            }
        }
    }

    private void expectRefusal(Usage usage, @Nullable String reason) {
        if (!Objects.equals(usage.refusal(), reason)) {
            sent.complain(usage + " was answered with " + reason + " and has to be refused as " + usage.refusal());
        }
    }

    private Map<String, Object> cloudEvent(Usage usage) {
        var time = time(usage).truncatedTo(ChronoUnit.MILLIS); // As events have it.
        sent.says(usage.id(), time, time);
        return Map.of(
                "specversion", "1.0",
                "id", usage.id(),
                "source", name,
                "type", usage.meter().eventName(),
                "subject", usage.account(),
                "time", time.toString(),
                "data", Map.of("value", usage.quantity()));
    }

    /** What may go to Stripe's meters is new: it is added up by the hour, and would be a meter event each. */
    private Instant time(Usage usage) {
        return usage.meter().isAlwaysPrepaid() ? OldTimes.any(source.random()) : Instant.now();
    }
}
