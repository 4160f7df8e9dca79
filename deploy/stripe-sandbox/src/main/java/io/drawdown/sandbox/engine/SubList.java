package io.drawdown.sandbox.engine;

import io.drawdown.sandbox.api.ApiException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pages through a list that is kept inside its owner, in the list's own order. */
public final class SubList {

    private SubList() {}

    /** The page that the call's parameters ask for. */
    public static ObjectNode page(Call call, JsonNode items, String label, String url) {
        var all = new ArrayList<ObjectNode>();
        items.forEach(item -> all.add((ObjectNode) item));
        int from = after(call, all, label);
        int to = before(call, all, label);
        int limit = Listing.limit(call);
        boolean backwards = call.params().has("ending_before");
        int start = backwards ? Math.max(0, to - limit) : from;
        int end = backwards ? to : Math.min(all.size(), from + limit);
        boolean more = backwards ? start > 0 : end < all.size();
        return Listing.list(all.subList(start, end), more, url);
    }

    private static int after(Call call, List<ObjectNode> items, String label) {
        var id = call.text("starting_after");
        return id == null ? 0 : position(items, id, "starting_after", label) + 1;
    }

    private static int before(Call call, List<ObjectNode> items, String label) {
        var id = call.text("ending_before");
        return id == null ? items.size() : position(items, id, "ending_before", label);
    }

    private static int position(List<ObjectNode> items, String id, String param, String label) {
        for (int i = 0; i < items.size(); i++) {
            if (id.equals(items.get(i).path("id").asString())) {
                return i;
            }
        }
        throw ApiException.noSuch(label, id, param);
    }
}
