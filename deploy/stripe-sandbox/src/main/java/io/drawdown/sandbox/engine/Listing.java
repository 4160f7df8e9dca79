package io.drawdown.sandbox.engine;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists: newest first, cursors both ways, filters by the keys that the resource declares. */
public final class Listing {

    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_LIMIT = 100;
    private static final Set<String> PAGING = Set.of("limit", "starting_after", "ending_before", "expand");
    private static final Set<String> RANGE = Set.of("gt", "gte", "lt", "lte");

    private Listing() {}

    /** The page that the call's parameters ask for, with more conditions. */
    public static ObjectNode page(Call call, ResourceType type, Condition... more) {
        var conditions = conditions(call, type, Set.of());
        conditions.addAll(List.of(more));
        return page(call, type, conditions, type.path());
    }

    /** The page for conditions made elsewhere. */
    public static ObjectNode page(Call call, ResourceType type, List<Condition> conditions, String url) {
        int limit = limit(call);
        var after = cursor(call, type, "starting_after");
        var before = cursor(call, type, "ending_before");
        if (after != null && before != null) {
            throw ApiException.exclusive("starting_after", "ending_before");
        }
        var work = call.tx().work();
        var found = new ArrayList<>(
                before == null
                        ? work.newestFirst(type.name(), conditions, limit + 1, after)
                        : work.newerThan(type.name(), conditions, limit + 1, before));
        boolean more = found.size() > limit;
        if (more) {
            found.remove(before == null ? limit : 0);
        }
        return list(found, more, url);
    }

    /** The page of objects that are not stored but made, the newest first. */
    public static ObjectNode page(Call call, List<ObjectNode> all, String url) {
        int limit = limit(call);
        var after = call.text("starting_after");
        var before = call.text("ending_before");
        if (after != null && before != null) {
            throw ApiException.exclusive("starting_after", "ending_before");
        }
        int end = before == null ? all.size() : position(all, before, "ending_before");
        int start = after == null ? 0 : position(all, after, "starting_after") + 1;
        int from = before == null ? start : Math.max(0, end - limit);
        int to = Math.min(end, from + limit);
        return list(all.subList(from, to), before == null ? to < end : from > 0, url);
    }

    private static int position(List<ObjectNode> all, String id, String param) {
        for (int i = 0; i < all.size(); i++) {
            if (id.equals(Json.string(all.get(i), "id"))) {
                return i;
            }
        }
        throw ApiException.noSuch("object", id, param);
    }

    /** A list object of stored forms. */
    public static ObjectNode list(List<ObjectNode> objects, boolean more, String url) {
        var list = Json.object();
        list.put("object", "list");
        var data = list.putArray("data");
        objects.forEach(object -> data.add(Rendering.served(object)));
        return list.put("has_more", more).put("url", url);
    }

    /** The validated {@code limit}. */
    public static int limit(Call call) {
        long limit = Json.number(call.params(), "limit", DEFAULT_LIMIT);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ApiException.malformed(
                    "parameter_invalid_integer",
                    "Invalid limit: must be between 1 and " + MAX_LIMIT + "; got " + limit,
                    "limit");
        }
        return (int) limit;
    }

    private static @org.jspecify.annotations.Nullable String cursor(Call call, ResourceType type, String param) {
        var id = call.text(param);
        if (id != null && !call.tx().work().exists(type.name(), id)) {
            throw ApiException.noSuch(type.label(), id, param);
        }
        return id;
    }

    /** Conditions from every parameter that is not about paging and not handled by the operation. */
    public static List<Condition> conditions(Call call, ResourceType type, Set<String> handled) {
        var conditions = new ArrayList<Condition>();
        var skipped = new HashSet<>(PAGING);
        skipped.addAll(handled);
        call.params().properties().forEach(param -> {
            if (!skipped.contains(param.getKey()) && !param.getValue().isNull()) {
                add(conditions, call, type, param.getKey(), param.getValue());
            }
        });
        return conditions;
    }

    private static void add(List<Condition> conditions, Call call, ResourceType type, String path, JsonNode value) {
        if (value instanceof ObjectNode object && !RANGE.containsAll(object.propertyNames())) {
            object.properties()
                    .forEach(entry -> add(conditions, call, type, path + "." + entry.getKey(), entry.getValue()));
            return;
        }
        var key = keyFor(type, path);
        if (!type.keys().contains(key)) {
            throw ApiException.notCovered(path, call.operation());
        }
        conditions.add(condition(key, value));
    }

    /** Some filters are named otherwise than the field: in the plural, or {@code created} for what has a date. */
    private static String keyFor(ResourceType type, String path) {
        if (type.keys().contains(path)) {
            return path;
        }
        if (path.equals("created")) {
            return "date";
        }
        return path.endsWith("s") ? path.substring(0, path.length() - 1) : path;
    }

    /** A value, a range of numbers or a list of permitted values as a filter of a key. */
    public static Condition condition(String key, JsonNode value) {
        return switch (value) {
            case ObjectNode range -> Condition.that(key, text -> within(range).test(Long.parseLong(text)));
            case ArrayNode any -> {
                var values = any.valueStream().map(JsonNode::asString).toList();
                yield Condition.that(key, values::contains);
            }
            default -> Condition.is(key, value.asString());
        };
    }

    private static LongPredicate within(ObjectNode range) {
        return value -> value > Json.number(range, "gt", Long.MIN_VALUE)
                && value >= Json.number(range, "gte", Long.MIN_VALUE)
                && value < Json.number(range, "lt", Long.MAX_VALUE)
                && value <= Json.number(range, "lte", Long.MAX_VALUE);
    }
}
