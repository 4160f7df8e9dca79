package io.drawdown.chaos.load;

import io.drawdown.chaos.load.Sent.Correction;
import io.drawdown.chaos.load.Sent.Usage;
import io.drawdown.events.catalog.Aggregation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Voids, replaces and moves usage, some of it again and again, some that is void already, was never accepted or cannot be replaced.
 * One worker alone corrects a usage event, so that the order of its corrections is known.
 */
final class UsageCorrections {

    private static final String PATH = "/v1/usage/corrections";
    private static final int ONE_IN_VOIDS = 4;
    private static final int ONE_IN_AGAIN = 3;
    private static final int ONE_IN_REPEATS = 8;
    private static final int ONE_IN_ZEROS = 50;
    private static final int ONE_IN_MOVES = 3;

    private final Insistence ingest;
    private final Acknowledged acknowledged;
    private final Sent sent;
    private final String source;
    private final Share share;
    private final SplittableRandom random;
    private final List<Usage> corrected = new ArrayList<>();
    private long number;

    /** Which of several workers this is. */
    record Share(int worker, int workers) {

        boolean has(Usage usage) {
            return Math.floorMod(usage.id().hashCode(), workers) == worker;
        }
    }

    /** @param source of all usage, in the sense of CloudEvents */
    UsageCorrections(
            Insistence ingest,
            Acknowledged acknowledged,
            Sent sent,
            String source,
            Share share,
            SplittableRandom random) {
        this.ingest = ingest;
        this.acknowledged = acknowledged;
        this.sent = sent;
        this.source = source;
        this.share = share;
        this.random = random;
    }

    /** Corrects one usage event; returns 1. */
    int send() {
        var usage = random.nextInt(ONE_IN_AGAIN) == 0 && !corrected.isEmpty()
                ? corrected.get(random.nextInt(corrected.size()))
                : acknowledged.any(random);
        if (usage != null && share.has(usage)) {
            var quantity = replacementOf(usage);
            correct(usage, quantity, quantity == null ? null : timeOf(usage));
            corrected.add(usage);
        }
        return 1;
    }

    private @Nullable BigDecimal replacementOf(Usage usage) {
        if (random.nextInt(ONE_IN_VOIDS) == 0) {
            return null;
        }
        var none = usage.meter().aggregation() != Aggregation.COUNT && random.nextInt(ONE_IN_ZEROS) == 0;
        return none ? BigDecimal.ZERO : usage.meter().anyValue(random);
    }

    /** What may go to Stripe's meters stays where it is. */
    private @Nullable Instant timeOf(Usage usage) {
        return usage.meter().isAlwaysPrepaid() && random.nextInt(ONE_IN_MOVES) == 0 ? OldTimes.any(random) : null;
    }

    private void correct(Usage usage, @Nullable BigDecimal quantity, @Nullable Instant time) {
        var key = "correction-" + share.worker() + "-" + number++;
        var body = body(usage, quantity, time, key);
        switch (post(body, key)) {
            case Answer.Done(JsonNode taken) -> {
                var id = taken.path("id").asString("");
                sent.add(new Correction(id, usage, quantity, time));
                if (random.nextInt(ONE_IN_REPEATS) == 0) {
                    repeat(body, key, id);
                }
            }
            case Answer.Refusal refusal -> sent.complain("A correction was refused: " + refusal.words());
        }
    }

    private Answer post(Map<String, Object> body, String key) {
        return ingest.to(api -> api.post(PATH, body, key));
    }

    private void repeat(Map<String, Object> body, String key, String id) {
        sent.repeated();
        if (!(post(body, key) instanceof Answer.Done(JsonNode again))
                || !again.path("id").asString("").equals(id)) {
            sent.complain("A correction under key %s was answered with %s, then otherwise".formatted(key, id));
        }
    }

    private Map<String, Object> body(
            Usage usage, @Nullable BigDecimal quantity, @Nullable Instant time, String reason) {
        var body = new HashMap<String, Object>(
                Map.of("account", usage.account(), "source", source, "id", usage.id(), "reason", reason));
        if (quantity != null) {
            body.put("replacement", replacement(quantity, time));
        }
        return body;
    }

    private static Map<String, String> replacement(BigDecimal quantity, @Nullable Instant time) {
        var value = quantity.toPlainString();
        return time == null ? Map.of("value", value) : Map.of("value", value, "time", time.toString());
    }
}
