package io.drawdown.sandbox.engine;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** Reading events back: this is how missed webhooks are recovered. The last 30 days are there. */
public final class Events {

    private static final int MAX_TYPES = 20;
    private static final Set<String> HANDLED = Set.of("type", "types", "delivery_success");

    private Events() {}

    /** Declares the operations. */
    public static void register(Routes routes) {
        routes.on("GET /v1/events", Events::list).on("GET /v1/events/{id}", Reading.retrieve(EventLog.TYPE));
    }

    private static ObjectNode list(Call call) {
        var conditions = Listing.conditions(call, EventLog.TYPE, HANDLED);
        conditions.add(Condition.that(
                "_recorded",
                recorded -> Long.parseLong(recorded) > call.tx().moment().outside() - Retention.EVENT_SECONDS));
        conditions.add(Condition.that("type", types(call)));
        if (call.params().has("delivery_success")) {
            boolean delivered = Json.flag(call.params(), "delivery_success");
            conditions.add(Condition.that("pending_webhooks", pending -> pending.equals("0") == delivered));
        }
        return Listing.page(call, EventLog.TYPE, conditions, EventLog.TYPE.path());
    }

    private static Predicate<String> types(Call call) {
        var one = call.text("type");
        var many = Json.list(call.params(), "types");
        if (one != null && !many.isEmpty()) {
            throw ApiException.exclusive("type", "types");
        }
        if (many.size() > MAX_TYPES) {
            throw ApiException.malformed(null, "You can list at most " + MAX_TYPES + " types.", "types");
        }
        if (one != null) {
            return matching(one);
        }
        return type -> many.isEmpty()
                || many.valueStream()
                        .anyMatch(wanted -> matching(wanted.asString()).test(type));
    }

    /** A type or, with a star at its end, all that begin like it. */
    public static Predicate<String> matching(String pattern) {
        return pattern.endsWith("*")
                ? type -> type.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern::equals;
    }
}
