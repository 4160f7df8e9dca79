package io.drawdown.chaos.check;

import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/** usage.accepted.v1 as a plain consumer sees it: what each source position says, and what is wrong with how that came. */
final class AcceptedUsage {

    private final Map<Position, SpecificRecord> byPosition = new LinkedHashMap<>();
    private final Map<Integer, Long> latest = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private long repeats;
    private long late;

    /** Where the gate found it in usage.events.v1. */
    record Position(int partition, long offset) {}

    static AcceptedUsage read(TopicReader reader) {
        return of(reader.read(Topic.USAGE_ACCEPTED).stream()
                .map(record -> record.value())
                .toList());
    }

    /** The records of the topic, of each partition in the order in which they came. */
    static AcceptedUsage of(List<? extends SpecificRecord> records) {
        var usage = new AcceptedUsage();
        records.forEach(usage::add);
        return usage;
    }

    private void add(SpecificRecord record) {
        var position = positionOf(record);
        var before = byPosition.putIfAbsent(position, record);
        var highest = latest.merge(position.partition(), position.offset(), Math::max);
        if (before != null) {
            repeats++;
            late += position.offset() < highest ? 1 : 0;
            if (!before.equals(record)) {
                violations.add(position + " says two different things: " + before + " and " + record);
            }
        } else if (position.offset() < highest) {
            violations.add(
                    position + " comes for the first time behind " + highest + ", where the ledger passes it over");
        }
    }

    private static Position positionOf(SpecificRecord record) {
        return switch (record) {
            case UsageAccepted usage -> new Position(usage.getSourcePartition(), usage.getSourceOffset());
            case UsageCorrected correction ->
                new Position(correction.getSourcePartition(), correction.getSourceOffset());
            default -> throw new IllegalStateException("The gate has accepted " + record);
        };
    }

    /** The positions at which each usage event was accepted, by its id. */
    Map<String, Set<Position>> usage() {
        var positions = new HashMap<String, Set<Position>>();
        byPosition.forEach((position, record) -> {
            if (record instanceof UsageAccepted accepted) {
                positions
                        .computeIfAbsent(accepted.getId(), _ -> new HashSet<>())
                        .add(position);
            }
        });
        return positions;
    }

    /** Usage without repeats, of each partition in the order of its source. */
    List<UsageAccepted> inOrder() {
        return byPosition.values().stream()
                .filter(UsageAccepted.class::isInstance)
                .map(UsageAccepted.class::cast)
                .toList();
    }

    /** By correction id; in the order of the log. */
    Map<String, List<UsageCorrected>> corrections() {
        var corrections = new HashMap<String, List<UsageCorrected>>();
        byPosition.values().forEach(record -> {
            if (record instanceof UsageCorrected corrected) {
                corrections
                        .computeIfAbsent(corrected.getId(), _ -> new ArrayList<>())
                        .add(corrected);
            }
        });
        return corrections;
    }

    /** After a crash a gate sends again what was not committed; a gate that was displaced writes nothing more. */
    Check repeats() {
        return new Check(
                "What a gate sends again repeats what stands there (%,d behind later)".formatted(late),
                repeats,
                violations);
    }

    /** A consumer may wait for commits or not: the same usage comes in the end, and says the same. */
    Check isWhatIsSeenBy(AcceptedUsage patient) {
        var missing = new ArrayList<String>();
        byPosition.forEach((position, record) -> {
            if (!record.equals(patient.byPosition.get(position))) {
                missing.add(position + " says " + record + ", and " + patient.byPosition.get(position)
                        + " to a consumer that waits for commits");
            }
        });
        patient.violations.forEach(violation -> missing.add("To a consumer that waits for commits: " + violation));
        return new Check("A consumer that waits for commits sees the same usage", patient.byPosition.size(), missing);
    }
}
