package io.drawdown.sandbox.v2;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Rendering;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists of v2: the newest first, each page naming the URLs of the next and the previous one. Such a URL carries the
 * filters of the first page, so it needs no other parameter.
 */
public final class Pages {

    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;
    private static final String AFTER = "_after";
    private static final String BEFORE = "_before";

    private Pages() {}

    /**
     * The page that the call's parameters ask for.
     *
     * @param conditions of the filters among the parameters
     * @param rendered a stored object as it is shown for the parameters
     */
    public static ObjectNode page(
            Call call,
            ResourceType type,
            Function<ObjectNode, List<Condition>> conditions,
            BiFunction<ObjectNode, ObjectNode, ObjectNode> rendered) {
        var token = call.text("page");
        var params = token == null ? call.params() : opened(token);
        int limit = limit(params);
        var after = cursor(call, type, params, AFTER);
        var before = cursor(call, type, params, BEFORE);
        var work = call.tx().work();
        var found = new ArrayList<>(
                before == null
                        ? work.newestFirst(type.name(), conditions.apply(params), limit + 1, after)
                        : work.newerThan(type.name(), conditions.apply(params), limit + 1, before));
        boolean more = found.size() > limit;
        if (more) {
            found.remove(before == null ? limit : 0);
        }
        var page = Json.object();
        var data = page.putArray("data");
        found.forEach(object -> data.add(Rendering.served(rendered.apply(object, params))));
        boolean older = before == null ? more : true;
        boolean newer = before == null ? after != null : more;
        page.put("next_page_url", older && !found.isEmpty() ? url(type, params, AFTER, found.getLast()) : null);
        page.put("previous_page_url", newer && !found.isEmpty() ? url(type, params, BEFORE, found.getFirst()) : null);
        return page;
    }

    private static int limit(ObjectNode params) {
        long limit = Json.number(params, "limit", DEFAULT_LIMIT);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ApiException.malformed(
                    "parameter_invalid_integer", "Invalid limit: must be between 1 and " + MAX_LIMIT + ".", "limit");
        }
        return (int) limit;
    }

    private static @Nullable String cursor(Call call, ResourceType type, ObjectNode params, String name) {
        var id = Json.string(params, name);
        if (id != null && !call.tx().work().exists(type.name(), id)) {
            throw stale();
        }
        return id;
    }

    private static String url(ResourceType type, ObjectNode params, String direction, JsonNode next) {
        var token = params.deepCopy();
        token.remove(List.of("page", AFTER, BEFORE));
        token.put(direction, Json.need(next, "id"));
        return type.path() + "?page=" + Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(token));
    }

    private static ObjectNode opened(String token) {
        try {
            if (Json.parse(Base64.getUrlDecoder().decode(token)) instanceof ObjectNode params) {
                return params;
            }
        } catch (JacksonException | IllegalArgumentException e) {
            throw stale();
        }
        throw stale();
    }

    private static ApiException stale() {
        return ApiException.malformed(null, "Invalid page: take it from next_page_url or previous_page_url.", "page");
    }
}
