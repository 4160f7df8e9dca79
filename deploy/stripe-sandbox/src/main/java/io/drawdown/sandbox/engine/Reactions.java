package io.drawdown.sandbox.engine;

import io.drawdown.sandbox.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one resource does because something happened to another, which need not know of it: a subscription that becomes
 * active when its invoice is paid.
 *
 * <pre>{@code reactions.on("invoice.paid", subscriptions::paid);    // where the sandbox is wired }</pre>
 *
 * <p>A reaction runs in the transaction of its cause, after all that the request or step does itself and so after all its
 * events: what it does is as one with the cause. It is given the object as the event has it and reads the store for what
 * has become of it since.
 */
public final class Reactions {

    private final Map<String, List<Step>> byEvent = new HashMap<>();

    /** Adds a reaction to events of that type. */
    public Reactions on(String event, Step reaction) {
        byEvent.computeIfAbsent(event, _ -> new ArrayList<>()).add(reaction);
        return this;
    }

    /** Runs the reactions to all events of the transaction, and to the events of those; says whether there were any. */
    boolean settle(Transaction tx) {
        boolean reacted = false;
        for (var event = tx.happened().poll();
                event != null;
                event = tx.happened().poll()) {
            var object = Json.child(event, "data.object");
            for (Step reaction : byEvent.getOrDefault(Json.need(event, "type"), List.of())) {
                reaction.take(tx, object.deepCopy());
                reacted = true;
            }
        }
        return reacted;
    }
}
