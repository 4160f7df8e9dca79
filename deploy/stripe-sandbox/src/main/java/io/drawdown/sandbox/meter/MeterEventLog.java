package io.drawdown.sandbox.meter;

import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import io.drawdown.sandbox.store.Work;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The events of the last day by identifier.
 *
 * <p>An event waits until it is due; then it is judged, unless it was when it came, and counted. One that is cancelled
 * waits again, to be taken out. There are very many: of one that is counted only that is kept which a cancellation needs.
 */
final class MeterEventLog {

    /** How long an identifier is taken, and an event can be cancelled. */
    private static final long DAY_SECONDS = 24 * 60 * 60L;

    private static final int BATCH = 1_000;
    private static final String KIND = "_meter_event";
    private static final Condition WAITING = Condition.is("waiting", "true");

    private MeterEventLog() {}

    static Map<String, List<String>> kinds() {
        return Map.of(KIND, List.of("waiting", "at"));
    }

    /** The event that holds the identifier, or null when it is free. */
    static @Nullable ObjectNode holder(Transaction tx, String identifier) {
        var holder = tx.work().get(KIND, identifier);
        return holder == null || isPast(tx, holder) ? null : holder;
    }

    /** The event name that a holder was sent with. */
    static String eventNameOf(Transaction tx, ObjectNode holder) {
        return holder.has("meter")
                ? Json.need(tx.require(Meters.TYPE, Json.need(holder, "meter"), null), "event_name")
                : Json.need(holder, "event_name");
    }

    private static boolean isPast(Transaction tx, ObjectNode entry) {
        return Json.number(entry, "received", 0) + DAY_SECONDS <= tx.moment().outside();
    }

    /** Takes an event in, to be judged and counted at a moment of real time. */
    static void accept(Transaction tx, MeterEvent event, long dueMillis) {
        accept(tx, event.identifier(), event.node(), dueMillis);
    }

    /** Takes in an event that was found good, to be counted at a moment of real time whatever happens until then. */
    static void accept(Transaction tx, MeterEvent event, Verdict.Good good, long dueMillis) {
        accept(tx, event.identifier(), found(event, good), dueMillis);
    }

    private static void accept(Transaction tx, String identifier, ObjectNode entry, long dueMillis) {
        var former = tx.work().get(KIND, identifier);
        if (former != null) {
            settle(tx, List.of(former));
            tx.work().remove(KIND, identifier); // It would lend the new one its place.
        }
        keep(tx.work(), identifier, entry.put("waiting", true).put("at", dueMillis));
    }

    /** Takes the event of that identifier out again, at a moment of real time. */
    static void cancel(Transaction tx, String identifier, ObjectNode holder, long dueMillis) {
        keep(
                tx.work(),
                identifier,
                holder.put("cancelled", true).put("waiting", true).put("at", dueMillis));
    }

    private static void keep(Work work, String identifier, ObjectNode entry) {
        work.put(KIND, identifier, entry.put("identifier", identifier));
    }

    /** Counts and takes out everything, whenever it is due. */
    static void processAll(Transaction tx) {
        while (process(tx, Long.MAX_VALUE)) {
            // One batch after another, so that not all are in memory at once.
        }
    }

    /**
     * Counts and takes out a batch of what is due.
     *
     * @param untilMillis real time
     * @return whether there may be more
     */
    static boolean process(Transaction tx, long untilMillis) {
        var due = Condition.that("at", at -> Long.parseLong(at) <= untilMillis);
        var batch = tx.work().oldestFirst(KIND, List.of(WAITING, due), BATCH);
        settle(tx, batch);
        return batch.size() == BATCH;
    }

    private static void settle(Transaction tx, List<ObjectNode> entries) {
        var usage = new UsageRows(tx.work());
        for (ObjectNode entry : entries) {
            if (Json.flag(entry, "waiting")) {
                keep(tx.work(), Json.need(entry, "identifier"), settled(tx, usage, entry));
            }
        }
        usage.store();
    }

    private static ObjectNode settled(Transaction tx, UsageRows usage, ObjectNode entry) {
        if (Json.flag(entry, "cancelled")) {
            return takenOut(tx, usage, entry);
        }
        return entry.has("payload") ? judged(tx, usage, entry) : counted(tx, usage, entry);
    }

    /** Nothing is there to take out when the cancellation overtook the event. */
    private static ObjectNode takenOut(Transaction tx, UsageRows usage, ObjectNode entry) {
        if (Json.flag(entry, "counted")) {
            usage.subtract(seriesOf(tx, entry), Json.number(entry, "timestamp", 0), valueOf(entry));
        }
        return rest(tx, entry).put("cancelled", true);
    }

    private static ObjectNode judged(Transaction tx, UsageRows usage, ObjectNode entry) {
        var event = MeterEvent.read(Json.need(entry, "identifier"), entry);
        return switch (MeterRules.judge(tx, event)) {
            case Verdict.Good good -> counted(tx, usage, found(event, good));
            case Verdict.Fault fault -> {
                ErrorReports.add(tx, fault, event.identifier(), Json.number(entry, "at", 0));
                yield rest(tx, entry);
            }
        };
    }

    private static ObjectNode counted(Transaction tx, UsageRows usage, ObjectNode entry) {
        usage.add(seriesOf(tx, entry), Json.number(entry, "timestamp", 0), valueOf(entry));
        entry.remove(List.of("waiting", "at"));
        return entry.put("counted", true);
    }

    private static ObjectNode found(MeterEvent event, Verdict.Good good) {
        return Json.object()
                .put("received", event.received())
                .put("timestamp", event.timestamp())
                .put("meter", good.series().meter())
                .put("customer", good.series().customer())
                .put("value", good.value().toPlainString());
    }

    private static ObjectNode rest(Transaction tx, ObjectNode entry) {
        return Json.object()
                .put("event_name", eventNameOf(tx, entry))
                .put("received", Json.number(entry, "received", 0));
    }

    private static Series seriesOf(Transaction tx, ObjectNode entry) {
        var meter = tx.require(Meters.TYPE, Json.need(entry, "meter"), null);
        return new Series(Json.need(meter, "id"), Formula.of(meter), Json.need(entry, "customer"));
    }

    private static BigDecimal valueOf(ObjectNode entry) {
        return new BigDecimal(Json.need(entry, "value"));
    }

    /** Forgets identifiers that are free again, a batch of them. */
    static void forget(Transaction tx) {
        for (ObjectNode entry : tx.work().oldestFirst(KIND, List.of(), BATCH)) {
            if (!isPast(tx, entry) || Json.flag(entry, "waiting")) {
                return;
            }
            tx.work().remove(KIND, Json.need(entry, "identifier"));
        }
    }
}
