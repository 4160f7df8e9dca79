package io.drawdown.sandbox.engine;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.api.Template;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Due;
import io.drawdown.sandbox.store.Work;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything one request, or one step that became due by itself, does.
 *
 * @param moment when, the same for all it does: on the test clock of the objects it deals with, or in the sandbox's own
 *     time
 * @param billing what is chosen for amounts where Stripe does not say
 * @param happened events that reactions are still to be run for
 */
public record Transaction(
        Work work,
        Template template,
        EventLog events,
        Cause cause,
        Moment moment,
        BillingSettings billing,
        Queue<ObjectNode> happened) {

    Transaction(Work work, Template template, EventLog events, Cause cause, Moment moment, BillingSettings billing) {
        this(work, template, events, cause, moment, billing, new ArrayDeque<>());
    }

    /** The same transaction among the objects of another account. */
    public Transaction of(String account) {
        return new Transaction(work.of(account), template, events, cause, moment, billing, happened);
    }

    /** Seconds since the epoch, where the objects of this transaction live. */
    public long now() {
        return moment.now();
    }

    /** Takes back everything done so far; the transaction goes on as if it had just begun. */
    public void undo() {
        work.rollBack();
        happened.clear();
    }

    /** A copy of the object, or null when there is none. */
    public @Nullable ObjectNode find(ResourceType type, String id) {
        return work.get(type.name(), id);
    }

    /**
     * A copy of an object that must be there and not deleted.
     *
     * @param param the parameter that named it; null when the path did
     * @throws ApiException {@code resource_missing}
     */
    public ObjectNode require(ResourceType type, String id, @Nullable String param) {
        var found = find(type, id);
        if (found == null || Json.flag(found, "deleted")) {
            throw ApiException.noSuch(type.label(), id, param);
        }
        return found;
    }

    /** Completes and stores a new object and records {@code <event>.created} unless the event is null. */
    public ObjectNode create(ResourceType type, ObjectNode node, @Nullable String createdEvent) {
        if (node.path("id").asString("").isEmpty()) {
            node.put("id", Ids.next(type.prefix()));
        }
        node.put("object", type.name());
        var schema = template.complete(type.name(), node);
        if (schema.has("created") && schema.path("created").asLong() == 0) {
            node.put("created", now());
        }
        if (schema.has("test_clock") && Json.string(schema, "test_clock") == null) {
            node.put("test_clock", moment.clock());
        }
        save(type, node);
        if (createdEvent != null) {
            emit(createdEvent, node);
        }
        return node;
    }

    /** Stores without an event; what belongs to a customer stays on the test clock it is first stored under. */
    public void save(ResourceType type, ObjectNode node) {
        if (moment.clock() != null && Json.string(node, Due.CLOCK) == null && Clocks.follows(node)) {
            node.put(Due.CLOCK, moment.clock());
        }
        work.put(type.name(), Json.need(node, "id"), node);
    }

    /** Stores and records the event with the attributes that differ; records nothing when none does. */
    public void saveChanged(ResourceType type, ObjectNode before, ObjectNode after, String updatedEvent) {
        save(type, after);
        emitChanged(before, after, updatedEvent);
    }

    /** Records an event with the attributes that differ from before; records nothing when none does. */
    public void emitChanged(ObjectNode before, ObjectNode after, String event) {
        var was = Rendering.served(before.deepCopy());
        var is = Rendering.served(after.deepCopy());
        var previous = Differences.between(was, is);
        if (!previous.isEmpty()) {
            events.record(this, event, is, previous);
        }
    }

    /** Records an event about the object as it is now; returns the event's id. */
    public String emit(String event, ObjectNode node) {
        return events.record(this, event, Rendering.served(node.deepCopy()), null);
    }
}
