package io.drawdown.sandbox.catalog;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Create, read, change, delete and list products. */
public final class Products {

    public static final ResourceType TYPE = new ResourceType(
            "product", "prod", "/v1/products", "product", "created", "active", "id", "shippable", "url", "type");

    private static final Set<String> HANDLED = Set.of("id", "default_price_data");

    private final Fields fields;
    private final Prices prices;

    public Products(Fields fields, Prices prices) {
        this.fields = fields;
        this.prices = prices;
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("POST /v1/products", this::create)
                .on("GET /v1/products", Reading.list(TYPE))
                .on("GET /v1/products/{id}", Reading.retrieve(TYPE))
                .on("POST /v1/products/{id}", this::update)
                .on("DELETE /v1/products/{id}", Products::delete);
    }

    ObjectNode create(Call call) {
        var product = Json.object()
                .put("active", true)
                .put("type", "service")
                .put("updated", call.tx().now());
        product.putNull("default_price")
                .putNull("statement_descriptor")
                .putNull("tax_code")
                .putNull("unit_label");
        product.putObject("metadata");
        var id = call.text("id");
        if (id != null) {
            refuseTaken(call, id);
            product.put("id", id);
        }
        fields.take(call, TYPE, product, HANDLED, Set.of());
        call.tx().create(TYPE, product, "product.created");
        return call.params().path("default_price_data") instanceof ObjectNode price
                ? withPrice(call, product, price)
                : product;
    }

    private static void refuseTaken(Call call, String id) {
        if (call.tx().work().exists(TYPE.name(), id)) {
            throw ApiException.invalid("resource_already_exists", "Product already exists: " + id, "id");
        }
    }

    private ObjectNode withPrice(Call call, ObjectNode product, ObjectNode priceParams) {
        priceParams.put("product", Json.need(product, "id"));
        var price = prices.create(new Call(call.tx(), "POST /v1/prices", call.path(), priceParams));
        var before = product.deepCopy();
        product.put("default_price", Json.need(price, "id"));
        call.tx().saveChanged(TYPE, before, product, "product.updated");
        return product;
    }

    private ObjectNode update(Call call) {
        var before = call.tx().require(TYPE, call.id(), null);
        var product = before.deepCopy();
        fields.take(call, TYPE, product, Set.of(), Set.of());
        var price = call.text("default_price");
        if (price != null) {
            requireOwn(call, price);
        }
        if (!product.equals(before)) {
            product.put("updated", call.tx().now());
        }
        call.tx().saveChanged(TYPE, before, product, "product.updated");
        return product;
    }

    private static void requireOwn(Call call, String price) {
        var found = call.tx().require(Prices.TYPE, price, "default_price");
        if (!call.id().equals(Json.string(found, "product"))) {
            throw ApiException.invalid(
                    null,
                    "The price " + price + " belongs to another product: " + Json.need(found, "product"),
                    "default_price");
        }
    }

    private static ObjectNode delete(Call call) {
        var product = call.tx().require(TYPE, call.id(), null);
        if (call.tx().work().count(Prices.TYPE.name(), Condition.is("product", call.id())) > 0) {
            throw ApiException.invalid(
                    null,
                    "This product cannot be deleted because it has one or more user-created prices. "
                            + "You can archive it by setting active to false.",
                    null);
        }
        call.tx().work().remove(TYPE.name(), call.id());
        call.tx().emit("product.deleted", product);
        return Json.object().put("id", call.id()).put("object", TYPE.name()).put("deleted", true);
    }
}
