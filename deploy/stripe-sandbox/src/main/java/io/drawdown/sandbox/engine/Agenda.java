package io.drawdown.sandbox.engine;

import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Due;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that happens by itself when its time has come: one step per type of resource.
 *
 * <pre>{@code
 * agenda.when(Invoices.TYPE, advancement::step);                // once, where the sandbox is wired
 * Agenda.plan(invoice, tx.now() + HOUR); tx.save(Invoices.TYPE, invoice);    // whenever an object is to be moved on
 * }</pre>
 *
 * <p>Steps run one at a time and in the order of time, each in a transaction whose {@code now} is the instant it was due:
 * so a test clock that jumps a year leaves the same objects behind as living through the year. What is due at the same
 * instant runs in the order in which the types were registered here, then by age.
 */
public final class Agenda {

    /** The keys that a stored kind needs to be found when it is due. */
    public static final List<String> KEYS = List.of(Due.AT, Due.CLOCK, Due.FAILURES);

    private static final long LONGEST_PAUSE_SECONDS = 3_600;

    private static final String FAULT = "_dueFault";

    private record Entry(ResourceType type, Step step) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** Sets what happens when an object of that type is due. */
    public Agenda when(ResourceType type, Step step) {
        if (entries.put(type.name(), new Entry(type, step)) != null) {
            throw new IllegalArgumentException("Two steps for " + type.name() + ": let one decide what to do");
        }
        return this;
    }

    /** The object is due then, and no longer at another time. It is still to be stored. */
    public static ObjectNode plan(ObjectNode object, long at) {
        return object.put(Due.AT, at);
    }

    /** The object is no longer due. It is still to be stored. */
    public static ObjectNode cancel(ObjectNode object) {
        return object.putNull(Due.AT);
    }

    /** The object is due again, later each time that its step fails: after 1, 2, 4 seconds, and at last every hour. */
    static ObjectNode postpone(ObjectNode object, long now, String fault) {
        long failures = Json.number(object, Due.FAILURES, 0) + 1;
        long pause = Math.min(LONGEST_PAUSE_SECONDS, 1L << Math.min(failures - 1, 12));
        return plan(object, now + pause).put(Due.FAILURES, failures).put(FAULT, fault);
    }

    /** What is known of an object whose step failed. */
    static ObjectNode failing(String account, String kind, ObjectNode object) {
        return Json.object()
                .put("account", account.isEmpty() ? null : account)
                .put("object", kind)
                .put("id", Json.need(object, "id"))
                .put("failures", Json.number(object, Due.FAILURES, 0))
                .put("fault", Json.string(object, FAULT))
                .put("next_attempt_at", Json.number(object, Due.AT, 0));
    }

    Set<String> kinds() {
        return entries.keySet();
    }

    void run(Transaction tx, Due due) {
        var entry = entries.get(due.kind());
        var object = entry == null ? null : tx.find(entry.type(), due.id());
        if (entry == null || object == null) {
            throw new IllegalStateException("Nothing is known of what is due: " + due);
        }
        object.remove(List.of(Due.FAILURES, FAULT));
        tx.save(entry.type(), cancel(object));
        entry.step().take(tx, object);
    }
}
