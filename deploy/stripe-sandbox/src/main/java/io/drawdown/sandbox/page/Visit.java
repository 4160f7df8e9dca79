package io.drawdown.sandbox.page;

import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.seed.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One look at a page.
 *
 * @param path what the path's last segment names; empty when nothing
 * @param query decoded parameters
 */
record Visit(Api api, String path, Map<String, String> query) {

    /** A query parameter; empty when it is not there. */
    String param(String name) {
        return query.getOrDefault(name, "").strip();
    }

    /**
     * What the API answers.
     *
     * @param params name and value in turn; those with an empty value are left out
     * @throws NotShown when it refuses
     */
    JsonNode get(String path, String... params) {
        var given = new ArrayList<Api.Param>();
        for (int i = 0; i < params.length; i += 2) {
            if (!params[i + 1].isEmpty()) {
                given.add(new Api.Param(params[i], params[i + 1]));
            }
        }
        var answer = api.call("GET", path, given);
        if (!answer.isGood()) {
            throw new NotShown(answer.status(), answer.message());
        }
        return answer.body();
    }

    /** The data of a list; empty when the API does not have that list. */
    List<JsonNode> list(String path, String... params) {
        try {
            return Json.list(get(path, params), "data").valueStream().toList();
        } catch (NotShown absent) {
            return List.of();
        }
    }
}
