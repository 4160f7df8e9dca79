package io.drawdown.chaos.check;

import io.drawdown.chaos.check.AcceptedUsage.Position;
import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageRejected;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * usage.rejected.v1 as a plain consumer sees it: what was refused at each place, and what is wrong with how that came. What HTTP
 * refused has a place of its own, outside of the log.
 */
final class RefusedUsage {

    private final Map<Position, UsageRejected> byPosition = new LinkedHashMap<>();
    private final List<String> violations = new ArrayList<>();

    static RefusedUsage read(TopicReader reader) {
        var refused = new RefusedUsage();
        reader.read(Topic.USAGE_REJECTED, record -> refused.add((UsageRejected) record.value()));
        return refused;
    }

    /** The next record of the topic: after a crash a gate refuses again what was not committed, for the same reason. */
    void add(UsageRejected refusal) {
        var position = new Position(refusal.getSourcePartition(), refusal.getSourceOffset());
        var before = byPosition.putIfAbsent(position, refusal);
        if (before != null && !isSame(before, refusal)) {
            violations.add("%s is refused as two things: %s and %s".formatted(position, words(before), words(refusal)));
        }
    }

    private static boolean isSame(UsageRejected one, UsageRejected other) {
        return Objects.equals(one.getReason(), other.getReason()) && Objects.equals(one.getId(), other.getId());
    }

    /** What was refused for what. */
    static String words(UsageRejected refusal) {
        return refusal.getId() + " for " + refusal.getReason();
    }

    /** The first record of each place. */
    Map<Position, UsageRejected> byPosition() {
        return byPosition;
    }

    List<String> violations() {
        return violations;
    }
}
