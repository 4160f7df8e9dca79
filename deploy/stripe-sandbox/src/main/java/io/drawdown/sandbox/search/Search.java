package io.drawdown.sandbox.search;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Listing;
import io.drawdown.sandbox.engine.Rendering;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The search operations of all resources that have one. */
public final class Search {

    private static final Map<String, Set<String>> FIELDS = Map.of(
            "charge",
            Set.of(
                    "amount",
                    "billing_details.address.postal_code",
                    "created",
                    "currency",
                    "customer",
                    "disputed",
                    "payment_method_details.card.brand",
                    "payment_method_details.card.exp_month",
                    "payment_method_details.card.exp_year",
                    "payment_method_details.card.fingerprint",
                    "payment_method_details.card.last4",
                    "refunded",
                    "status"),
            "customer",
            Set.of("created", "email", "name", "phone"),
            "invoice",
            Set.of("created", "currency", "customer", "number", "receipt_number", "status", "total"),
            "payment_intent",
            Set.of("amount", "created", "currency", "customer", "status"),
            "price",
            Set.of("active", "billing_scheme", "currency", "lookup_key", "product", "type"),
            "product",
            Set.of("active", "description", "name", "shippable", "url"),
            "subscription",
            Set.of("canceled_at", "created", "status"));

    private final SearchSettings settings;

    public Search(SearchSettings settings) {
        this.settings = settings;
    }

    /** Declares the operation of each type that can be searched. */
    public void register(Routes routes, List<ResourceType> types) {
        types.stream()
                .filter(type -> FIELDS.containsKey(type.name()))
                .forEach(type -> routes.on("GET " + type.path() + "/search", call -> find(call, type)));
    }

    private ObjectNode find(Call call, ResourceType type) {
        int limit = Listing.limit(call);
        var query = Query.parse(call.need("query"), FIELDS.getOrDefault(type.name(), Set.of()));
        var work = call.tx().work();
        var page = call.text("page");
        if (page != null && !work.exists(type.name(), page)) {
            throw ApiException.malformed(null, "Invalid page: give the next_page of the page before.", "page");
        }
        var found = work.newestFirst(type.name(), List.of(), Integer.MAX_VALUE, page).stream()
                .filter(object -> isIndexed(call, object) && query.test(object))
                .limit(limit + 1L)
                .toList();
        boolean more = found.size() > limit;
        var shown = more ? found.subList(0, limit) : found;
        var result = Json.object().put("object", "search_result");
        var data = result.putArray("data");
        shown.forEach(object -> data.add(Rendering.served(object)));
        return result.put("has_more", more)
                .put("next_page", more ? Json.need(shown.getLast(), "id") : null)
                .put("url", type.path() + "/search");
    }

    /** What is deleted is in no index, and what is new not yet. What has a time to come lives on a test clock. */
    private boolean isIndexed(Call call, ObjectNode object) {
        long now = call.tx().now();
        long created = Json.number(object, "created", 0);
        return !Json.flag(object, "deleted")
                && (created > now || created <= now - settings.delay().toSeconds());
    }
}
