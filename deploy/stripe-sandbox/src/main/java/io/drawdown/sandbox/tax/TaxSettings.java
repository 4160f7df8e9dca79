package io.drawdown.sandbox.tax;

import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The merchant's tax settings: there is one set of them. */
public final class TaxSettings {

    public static final ResourceType TYPE =
            new ResourceType("tax.settings", "taxset", "/v1/tax/settings", "tax settings");

    private static final String ONLY = "only";
    /** Where prices are usually told without tax. */
    private static final Set<String> TOLD_WITHOUT_TAX = Set.of("usd", "cad");

    private final Fields fields;

    public TaxSettings(Fields fields) {
        this.fields = fields;
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("GET /v1/tax/settings", call -> current(call.tx())).on("POST /v1/tax/settings", this::update);
    }

    static ObjectNode current(Transaction tx) {
        var stored = tx.work().get(TYPE.name(), ONLY);
        if (stored != null) {
            return stored;
        }
        var settings = Json.object().put("object", TYPE.name());
        settings.putObject("defaults").put("provider", "stripe");
        return tx.template().complete(TYPE.name(), status(settings));
    }

    /** Whether a price that says nothing contains its tax. */
    static boolean usuallyInclusive(Transaction tx, String currency) {
        var behavior = Json.string(current(tx), "defaults.tax_behavior");
        return switch (behavior == null ? "inferred_by_currency" : behavior) {
            case "inclusive" -> true;
            case "exclusive" -> false;
            default -> behavior != null && !TOLD_WITHOUT_TAX.contains(currency);
        };
    }

    private ObjectNode update(Call call) {
        var tx = call.tx();
        var before = current(tx);
        var settings = before.deepCopy();
        fields.take(call, TYPE, settings, Set.of(), Set.of());
        tx.template().complete(TYPE.name(), status(settings));
        tx.work().put(TYPE.name(), ONLY, settings);
        tx.emitChanged(before, settings, "tax.settings.updated");
        return settings;
    }

    private static ObjectNode status(ObjectNode settings) {
        var missing = Json.array();
        if (Json.at(settings, "head_office") == null) {
            missing.add("head_office");
        }
        if (Json.string(settings, "defaults.tax_code") == null) {
            missing.add("defaults.tax_code");
        }
        var details =
                settings.put("status", missing.isEmpty() ? "active" : "pending").putObject("status_details");
        if (missing.isEmpty()) {
            details.putObject("active");
        } else {
            details.putObject("pending").set("missing_fields", missing);
        }
        return settings;
    }
}
