package io.drawdown.sandbox.tax;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Listing;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tax ids of customers and of the merchant. */
public final class TaxIds {

    public static final ResourceType TYPE = new ResourceType(
            "tax_id", "txi", "/v1/tax_ids", "tax id", "created", "customer", "owner.type", "owner.customer");

    private static final int MOST = 5;
    private static final Set<String> CHECKED = Set.of("eu_vat", "gb_vat", "au_abn");

    private TaxIds() {}

    /** Declares the operations. */
    public static void register(Routes routes) {
        routes.on("POST /v1/customers/{customer}/tax_ids", TaxIds::createOfCustomer)
                .on("GET /v1/customers/{customer}/tax_ids", TaxIds::listOfCustomer)
                .on("GET /v1/customers/{customer}/tax_ids/{id}", TaxIds::own)
                .on("DELETE /v1/customers/{customer}/tax_ids/{id}", call -> delete(call, own(call)))
                .on("POST /v1/tax_ids", TaxIds::create)
                .on("GET /v1/tax_ids", Reading.list(TYPE))
                .on("GET /v1/tax_ids/{id}", Reading.retrieve(TYPE))
                .on("DELETE /v1/tax_ids/{id}", call -> delete(call, call.tx().require(TYPE, call.id(), null)));
    }

    /** Follows {@code tax_id_data} given with a new customer. */
    public static void follow(Call call, @Nullable ObjectNode before, ObjectNode customer) {
        if (before == null) {
            Json.list(call.params(), "tax_id_data").forEach(data -> create(call.tx(), data, Json.need(customer, "id")));
        }
    }

    /** The sub-list of a customer, for those who ask to expand it. */
    public static JsonNode of(Transaction tx, ObjectNode customer) {
        var id = Json.need(customer, "id");
        return Listing.list(ofCustomer(tx, id), false, "/v1/customers/" + id + "/tax_ids");
    }

    /** As an invoice of the customer shows them. */
    public static ArrayNode onInvoice(Transaction tx, String customer) {
        var shown = Json.array();
        ofCustomer(tx, customer)
                .reversed()
                .forEach(id ->
                        shown.addObject().put("type", Json.need(id, "type")).put("value", Json.need(id, "value")));
        return shown;
    }

    private static List<ObjectNode> ofCustomer(Transaction tx, String customer) {
        return tx.work().all(TYPE.name(), Condition.is("customer", customer));
    }

    private static ObjectNode createOfCustomer(Call call) {
        call.tx().require(Customers.TYPE, call.id(), null);
        if (ofCustomer(call.tx(), call.id()).size() >= MOST) {
            throw ApiException.invalid(null, "A customer has at most " + MOST + " tax ids.", null);
        }
        return create(call.tx(), call.params(), call.id());
    }

    private static ObjectNode create(Call call) {
        var owner = Json.string(call.params(), "owner.type");
        if (owner == null || owner.equals("self")) {
            return create(call.tx(), call.params(), null);
        }
        if (!owner.equals("customer")) {
            throw ApiException.notCovered("owner[type]=" + owner, call.operation());
        }
        var customer = Json.string(call.params(), "owner.customer");
        if (customer == null) {
            throw ApiException.missing("owner[customer]");
        }
        return create(
                call.tx(),
                call.params(),
                Json.need(call.tx().require(Customers.TYPE, customer, "owner[customer]"), "id"));
    }

    private static ObjectNode create(Transaction tx, JsonNode params, @Nullable String customer) {
        var type = Json.need(params, "type");
        var value = Json.need(params, "value");
        var country = type.equals("eu_vat") ? value.substring(0, Math.min(2, value.length())) : type.substring(0, 2);
        var id = Json.object()
                .put("country", country.toUpperCase(Locale.ROOT))
                .put("customer", customer)
                .put("type", type)
                .put("value", value);
        id.putObject("owner")
                .put("type", customer == null ? "self" : "customer")
                .put("customer", customer);
        if (customer == null) {
            Json.child(id, "owner").remove("customer");
        } else {
            id.putObject("verification").put("status", verification(type, value));
        }
        return tx.create(TYPE, id, customer == null ? null : "customer.tax_id.created");
    }

    /** By Stripe's own test values; only some types are checked at all. */
    private static String verification(String type, String value) {
        if (!CHECKED.contains(type)) {
            return "unavailable";
        }
        if (value.endsWith("000000000")) {
            return "verified";
        }
        return value.endsWith("111111111") ? "unverified" : "pending";
    }

    private static ObjectNode own(Call call) {
        var id = call.tx().require(TYPE, call.id(), null);
        if (!String.valueOf(call.path().get("customer")).equals(Json.string(id, "customer"))) {
            throw ApiException.noSuch(TYPE.label(), call.id(), null);
        }
        return id;
    }

    private static ObjectNode listOfCustomer(Call call) {
        call.tx().require(Customers.TYPE, call.id(), null);
        return Listing.page(
                call, TYPE, List.of(Condition.is("customer", call.id())), "/v1/customers/" + call.id() + "/tax_ids");
    }

    private static ObjectNode delete(Call call, ObjectNode id) {
        call.tx().work().remove(TYPE.name(), Json.need(id, "id"));
        if (Json.string(id, "customer") != null) {
            call.tx().emit("customer.tax_id.deleted", id);
        }
        return Json.object()
                .put("id", Json.need(id, "id"))
                .put("object", TYPE.name())
                .put("deleted", true);
    }
}
