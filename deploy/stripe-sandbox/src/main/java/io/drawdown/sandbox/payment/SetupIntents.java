package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.json.Json;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Setup intents: getting the customer's agreement to pay with a method later, without paying now. Bank accounts count as
 * verified.
 */
public final class SetupIntents {

    public static final ResourceType TYPE = new ResourceType(
            "setup_intent", "seti", "/v1/setup_intents", "setupintent", "created", "customer", "payment_method");

    private static final Set<String> HANDLED = Set.of(
            "automatic_payment_methods",
            "confirm",
            "customer",
            "mandate_data",
            "payment_method",
            "payment_method_data",
            "payment_method_options",
            "payment_method_types",
            "return_url",
            "use_stripe_sdk");
    private static final Set<String> REFUSED = Set.of(
            "allowed_payment_method_types",
            "attach_to_self",
            "confirmation_token",
            "customer_account",
            "excluded_payment_method_types",
            "flow_directions",
            "on_behalf_of",
            "payment_method_configuration",
            "single_use");

    private final Fields fields;
    private final Setup setup;

    public SetupIntents(Fields fields, Setup setup) {
        this.fields = fields;
        this.setup = setup;
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("POST /v1/setup_intents", this::create)
                .on("GET /v1/setup_intents", Reading.list(TYPE))
                .on("GET /v1/setup_intents/{intent}", Reading.retrieve(TYPE))
                .on("POST /v1/setup_intents/{intent}", this::update)
                .on("POST /v1/setup_intents/{intent}/confirm", this::confirm)
                .on("POST /v1/setup_intents/{intent}/cancel", SetupIntents::cancel)
                .on("GET /v1/setup_attempts", Reading.list(Setup.ATTEMPTS));
    }

    private ObjectNode create(Call call) {
        var tx = call.tx();
        var id = Ids.next(TYPE.prefix());
        var intent = Json.object()
                .put("id", id)
                .put("object", TYPE.name())
                .put("client_secret", id + "_secret_" + Ids.text(24))
                .put("status", "requires_payment_method")
                .put("usage", "off_session");
        intent.putObject("metadata");
        intent.putObject("payment_method_options").putObject("card").put("request_three_d_secure", "automatic");
        IntentTerms.writeMethods(call, intent);
        fields.take(call, TYPE, intent, HANDLED, REFUSED);
        take(call, intent);
        tx.create(TYPE, intent, "setup_intent.created");
        return Json.flag(call.params(), "confirm") ? setup.confirm(call, intent) : intent;
    }

    private void take(Call call, ObjectNode intent) {
        if (call.text("customer") != null) {
            intent.put("customer", Json.need(Customers.named(call), "id"));
        }
        IntentTerms.writeOptions(call, intent);
        var method = Confirmation.named(call, Json.string(intent, "customer"));
        if (method != null) {
            IntentTerms.refuseOtherTypes(intent, method);
            intent.put("payment_method", Json.need(method, "id"));
            if ("requires_payment_method".equals(Json.string(intent, "status"))) {
                intent.put("status", "requires_confirmation");
            }
        }
    }

    private ObjectNode update(Call call) {
        var intent = call.tx().require(TYPE, call.id(), null);
        if (call.params().has("payment_method") || call.params().has("customer")) {
            IntentTerms.refuseUnlessOpen(intent, "could not be updated");
        }
        if (call.params().has("payment_method_types")) {
            IntentTerms.writeMethods(call, intent);
        }
        fields.take(call, TYPE, intent, HANDLED, REFUSED);
        take(call, intent);
        call.tx().save(TYPE, intent);
        return intent;
    }

    private ObjectNode confirm(Call call) {
        var intent = call.tx().require(TYPE, call.id(), null);
        IntentTerms.refuseUnlessOpen(intent, "could not be confirmed");
        REFUSED.stream().filter(call.params()::has).findFirst().ifPresent(param -> {
            throw ApiException.notCovered(param, call.operation());
        });
        take(call, intent);
        return setup.confirm(call, intent);
    }

    private static ObjectNode cancel(Call call) {
        var tx = call.tx();
        var intent = tx.require(TYPE, call.id(), null);
        IntentTerms.refuseUnlessOpen(intent, "could not be canceled");
        var reason = call.text("cancellation_reason");
        intent.put("status", "canceled")
                .put("cancellation_reason", reason == null ? "abandoned" : reason)
                .putNull("next_action");
        tx.save(TYPE, intent);
        tx.emit("setup_intent.canceled", intent);
        return intent;
    }
}
