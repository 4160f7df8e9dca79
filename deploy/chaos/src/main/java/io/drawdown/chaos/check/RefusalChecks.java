package io.drawdown.chaos.check;

import io.drawdown.chaos.check.AcceptedUsage.Position;
import io.drawdown.chaos.load.Sent;
import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageCorrection;
import io.drawdown.events.usage.UsageEvent;
import io.drawdown.events.usage.UsageRejected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import tools.jackson.databind.JsonNode;

/** Whether what must be refused is refused wherever it stands, for its reason, and nothing else is. */
final class RefusalChecks {

    private static final String PAGE = "/v1/rejected-events?limit=500";

    private final Map<String, String> reasons = new HashMap<>();
    private final Set<String> refusedOverHttp;
    private final Map<Position, String> places = new HashMap<>();

    RefusalChecks(Sent sent) {
        refusedOverHttp = sent.refusedOverHttp();
        sent.worthless().forEach((id, usage) -> reasons.put(id, String.valueOf(usage.refusal())));
        Correcting.of(sent.corrections()).values().forEach(correcting -> reasons.putAll(correcting.reasons()));
    }

    /** Looks at where in usage.events.v1 something stands that must be refused: what HTTP refuses does not come there. */
    RefusalChecks read(TopicReader reader) {
        reader.read(Topic.USAGE_EVENTS, record -> stands(record.partition(), record.offset(), record.value()));
        return this;
    }

    /** The next record of a partition of usage.events.v1. */
    void stands(int partition, long offset, SpecificRecord record) {
        var id = idOf(record);
        if (reasons.containsKey(id)) {
            places.put(new Position(partition, offset), id);
        }
    }

    private static String idOf(SpecificRecord record) {
        return switch (record) {
            case UsageEvent usage -> usage.getId();
            case UsageCorrection correction -> correction.getId();
            default -> throw new IllegalStateException("Nobody has sent " + record);
        };
    }

    /** What comes twice is refused twice, since what is refused is not remembered; each time for the same reason. */
    Check refused(RefusedUsage refused) {
        var violations = new ArrayList<>(refused.violations());
        var ids = new HashSet<String>();
        var idsOverHttp = new HashSet<String>();
        refused.byPosition().forEach((position, refusal) -> {
            ids.add(refusal.getId());
            if (position.partition() < 0) {
                idsOverHttp.add(refusal.getId());
            }
            lookAt(position, refusal, violations);
        });
        places.forEach((position, id) -> {
            if (!refused.byPosition().containsKey(position)) {
                violations.add("%s at %s has to be refused and is not".formatted(id, position));
            }
        });
        reasons.keySet().stream()
                .filter(id -> !ids.contains(id))
                .forEach(id -> violations.add(id + " is refused nowhere"));
        refusedOverHttp.stream()
                .filter(id -> !idsOverHttp.contains(id))
                .forEach(id -> violations.add(id + " was refused over HTTP, and that refusal is not kept"));
        return new Check(
                "What must be refused is refused wherever it stands, for its reason, and nothing else is",
                refused.byPosition().size(),
                violations);
    }

    private void lookAt(Position position, UsageRejected refusal, List<String> violations) {
        var reason = reasons.get(refusal.getId());
        if (!refusal.getReason().equals(reason)) {
            violations.add("%s is refused for %s, where %s is right: %s"
                    .formatted(
                            refusal.getId(),
                            refusal.getReason(),
                            reason == null ? "nothing" : reason,
                            refusal.getDetail()));
        } else if (position.partition() >= 0 && !refusal.getId().equals(places.get(position))) {
            violations.add("%s is refused at %s, where it does not stand".formatted(refusal.getId(), position));
        }
    }

    /** @param gate what it answers on a path */
    Check shown(RefusedUsage refused, Function<String, JsonNode> gate) {
        var shown = shown(gate);
        var violations = new ArrayList<String>();
        refused.byPosition().forEach((position, refusal) -> {
            var expected = RefusedUsage.words(refusal);
            var said = shown.remove(position);
            if (!expected.equals(said)) {
                violations.add("%s is refused, %s, and shown as %s".formatted(position, expected, said));
            }
        });
        shown.forEach((position, said) -> violations.add("%s is shown, %s, and not refused".formatted(position, said)));
        return new Check(
                "The gate shows each refusal with its reason",
                refused.byPosition().size(),
                violations);
    }

    private static Map<Position, String> shown(Function<String, JsonNode> gate) {
        var shown = new HashMap<Position, String>();
        var cursor = "";
        do {
            var page = gate.apply(PAGE + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.path("data").values().forEach(row -> shown.put(positionOf(row), words(row)));
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        return shown;
    }

    private static Position positionOf(JsonNode row) {
        return new Position(
                row.path("sourcePartition").intValue(), row.path("sourceOffset").longValue());
    }

    private static String words(JsonNode row) {
        return row.path("id").asString("") + " for " + row.path("reason").asString("");
    }
}
