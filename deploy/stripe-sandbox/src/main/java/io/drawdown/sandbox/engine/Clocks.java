package io.drawdown.sandbox.engine;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Due;
import io.drawdown.sandbox.store.Work;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which time a request lives in: that of the test clock of the first object it names which has one, in the path and then
 * among the parameters; else the sandbox's own.
 */
public final class Clocks {

    /** Test clocks themselves. */
    public static final ResourceType TYPE = new ResourceType(
            "test_helpers.test_clock", "clock", "/v1/test_helpers/test_clocks", "test clock", "created", "status");

    /** What has one of these belongs to somebody, and so to his test clock. */
    private static final Set<String> OWNERS =
            Set.of("customer", "subscription", "invoice", "payment_intent", "charge", "credit_grant", "test_clock");

    private final Map<String, String> kinds = new HashMap<>();

    public Clocks(List<ResourceType> types) {
        types.forEach(type -> kinds.put(type.prefix(), type.name()));
        kinds.put(TYPE.prefix(), TYPE.name());
    }

    /** Whether the object lives on the clock of another one, rather than in the account's catalog. */
    static boolean follows(ObjectNode node) {
        return OWNERS.stream().anyMatch(owner -> Json.at(node, owner) != null);
    }

    Moment momentOf(Work work, String method, Collection<String> ids, ObjectNode params, long outside) {
        var id = work.count(TYPE.name()) == 0 ? null : named(work, ids, params);
        var clock = id == null ? null : work.get(TYPE.name(), id);
        if (id == null || clock == null) {
            return Moment.outside(outside);
        }
        if (!method.equals("GET")) {
            refuseWhileAdvancing(clock);
        }
        return new Moment(Json.number(clock, "frozen_time", outside), id, outside);
    }

    private static void refuseWhileAdvancing(ObjectNode clock) {
        if ("advancing".equals(Json.string(clock, "status"))) {
            throw ApiException.of(
                    429,
                    "invalid_request_error",
                    "lock_timeout",
                    "Test clock advancement underway - cannot perform modifications. Wait until "
                            + Json.need(clock, "id") + " is ready.");
        }
    }

    private @Nullable String named(Work work, Collection<String> ids, ObjectNode params) {
        for (String id : ids) {
            var clock = clockOf(work, id);
            if (clock != null) {
                return clock;
            }
        }
        return named(work, params);
    }

    private @Nullable String named(Work work, JsonNode params) {
        for (JsonNode value : params) {
            var clock = value.isContainer() ? named(work, value) : clockOf(work, value.asString(""));
            if (clock != null) {
                return clock;
            }
        }
        return null;
    }

    private @Nullable String clockOf(Work work, String id) {
        var kind = kinds.get(id.substring(0, Math.max(0, id.lastIndexOf('_'))));
        if (kind == null) {
            return null;
        }
        var found = kind.equals(TYPE.name()) ? null : work.get(kind, id);
        return kind.equals(TYPE.name()) ? id : found == null ? null : Json.string(found, Due.CLOCK);
    }
}
