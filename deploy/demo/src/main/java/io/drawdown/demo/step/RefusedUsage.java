package io.drawdown.demo.step;

import static io.drawdown.demo.step.CatalogueFromStripe.METER_EVENT;

import io.drawdown.demo.client.Refused;
import io.drawdown.demo.step.Story.Fact;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Bad usage is refused with a reason and kept; the good usage beside it goes through. */
public final class RefusedUsage implements Step {

    @Override
    public String name() {
        return "Malformed, unknown and too old usage is refused with reasons; the good beside it went through";
    }

    @Override
    public String perform(Story story) {
        var account = story.recall(Fact.ACCOUNT);
        var garbage = "this is no usage event: " + story.run();
        story.backend().sendGarbage(account, garbage);
        send(story, mixedBatch(story, account));

        Eventually.balance(story, "244.00");
        isKept(story, "unknown-account", "nobodys");
        isKept(story, "unknown-meter", "unmetered");
        isKept(story, "too-old", "stale");
        Eventually.see(
                "the malformed bytes among the refused",
                () -> refused(story, "reason=malformed"),
                refusals -> refusals.stream().anyMatch(refusal -> originalIs(refusal, garbage)));
        return "four kinds refused and read back, 100 good units drawn down";
    }

    private static List<Map<String, Object>> mixedBatch(Story story, String account) {
        var now = Instant.now();
        return List.of(
                CloudEvents.usage(story, "good-1", METER_EVENT, account, 60, now),
                CloudEvents.usage(story, "nobodys", METER_EVENT, "nobody-" + story.run(), 1, now),
                CloudEvents.usage(story, "unmetered", "no_such_meter", account, 1, now),
                CloudEvents.usage(story, "stale", METER_EVENT, account, 1, now.minus(Duration.ofDays(60))),
                CloudEvents.usage(story, "good-2", METER_EVENT, account, 40, now));
    }

    /** A batch with refused events may be answered as a whole success or as a partial one; both are an answer. */
    private static void send(Story story, List<Map<String, Object>> batch) {
        try {
            story.ingest().post("/v1/events", batch, CloudEvents.BATCH, "");
        } catch (Refused e) {
            throw new AssertionError(
                    "The good events of a mixed batch were refused with the bad: " + e.getMessage(), e);
        }
    }

    private static void isKept(Story story, String reason, String id) {
        var filter = "reason=" + reason + "&id=" + id + "&source=" + CloudEvents.source(story);
        Eventually.see(id + " among the refused as " + reason, () -> refused(story, filter), kept -> kept.size() == 1);
    }

    private static List<JsonNode> refused(Story story, String filter) {
        return List.copyOf(story.refusals()
                .get("/v1/rejected-events?limit=100&" + filter)
                .path("data")
                .values());
    }

    private static boolean originalIs(JsonNode refusal, String garbage) {
        var original = refusal.path("original").path("valueBase64").asString("");
        return new String(Base64.getDecoder().decode(original), StandardCharsets.UTF_8).equals(garbage);
    }
}
