package io.drawdown.sandbox.tax;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.Rendering;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.money.Tax;
import java.math.BigDecimal;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Create, read, change and list tax rates; what a rate is worth never changes. */
public final class TaxRates {

    public static final ResourceType TYPE = new ResourceType(
            "tax_rate", "txr", "/v1/tax_rates", "tax rate", "created", "active", "inclusive", "_place");

    private static final BigDecimal MAXIMUM = BigDecimal.valueOf(100);
    private static final int MAX_PLACES = 4;

    private final Fields fields;

    public TaxRates(Fields fields) {
        this.fields = fields;
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("POST /v1/tax_rates", this::create)
                .on("GET /v1/tax_rates", Reading.list(TYPE))
                .on("GET /v1/tax_rates/{tax_rate}", Reading.retrieve(TYPE))
                .on("POST /v1/tax_rates/{tax_rate}", this::update);
    }

    private ObjectNode create(Call call) {
        var percentage = new BigDecimal(call.need("percentage"));
        if (percentage.signum() < 0
                || percentage.compareTo(MAXIMUM) > 0
                || percentage.stripTrailingZeros().scale() > MAX_PLACES) {
            throw ApiException.invalid(
                    null, "A percentage is between 0 and 100 and has at most four decimal places.", "percentage");
        }
        var rate = Json.object().put("active", true).put("rate_type", "percentage");
        rate.putObject("metadata");
        fields.take(call, TYPE, rate, Set.of(), Set.of());
        return call.tx().create(TYPE, rate, "tax_rate.created");
    }

    private ObjectNode update(Call call) {
        var before = call.tx().require(TYPE, call.id(), null);
        var rate = before.deepCopy();
        fields.take(call, TYPE, rate, Set.of(), Set.of());
        call.tx().saveChanged(TYPE, before, rate, "tax_rate.updated");
        return rate;
    }

    /** The rates that a parameter names, as invoices and items show them; archived ones are refused. */
    public static ArrayNode named(Transaction tx, JsonNode ids, String param) {
        var rates = Json.array();
        for (JsonNode id : ids) {
            var rate = tx.require(TYPE, id.asString(), param);
            if (!Json.flag(rate, "active")) {
                throw ApiException.invalid(null, "The tax rate " + id.asString() + " is archived.", param);
            }
            rates.add(Rendering.served(rate));
        }
        return rates;
    }

    /** The arithmetic of a rate. */
    static Tax.Rate of(JsonNode rate) {
        return new Tax.Rate(
                Json.need(rate, "id"), new BigDecimal(Json.need(rate, "percentage")), Json.flag(rate, "inclusive"));
    }
}
