package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Rendering;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Trying to set a payment method up for later. */
public final class Setup {

    /** One for each try. */
    public static final ResourceType ATTEMPTS = new ResourceType(
            "setup_attempt", "setatt", "/v1/setup_attempts", "setup attempt", "created", "setup_intent");

    private final Supplier<String> baseUrl;

    /** Takes the sandbox's own address, where customers authenticate. */
    public Setup(Supplier<String> baseUrl) {
        this.baseUrl = baseUrl;
    }

    ObjectNode confirm(Call call, ObjectNode intent) {
        var tx = call.tx();
        var id = Json.string(intent, "payment_method");
        if (id == null) {
            throw IntentTerms.unexpected(
                    intent,
                    "You cannot confirm this SetupIntent because it's missing a payment method. Update the SetupIntent with "
                            + "a payment method and then confirm it again.");
        }
        var method = tx.require(PaymentMethods.TYPE, id, "payment_method");
        SavedMethods.refuseUnlessUsable(method, Json.string(intent, "customer"), "payment_method");
        var back = call.text("return_url");
        if (back != null) {
            intent.put(Authentications.RETURN_URL, back);
        }
        var instrument = Instrument.of(method);
        if (!instrument.attaches() && instrument.outcome() instanceof PaymentOutcome.Declined declined) {
            throw ApiException.card(declined(tx, intent, method, declined));
        }
        boolean asks = Authentications.required(intent, method, Charging.Session.PRESENT);
        return asks ? awaitAction(tx, intent, method) : succeed(tx, intent, method);
    }

    private ObjectNode awaitAction(Transaction tx, ObjectNode intent, ObjectNode method) {
        intent.put("status", "requires_action").set("next_action", Authentications.nextAction(baseUrl.get(), intent));
        attempt(tx, intent, method, "requires_action", null);
        tx.save(SetupIntents.TYPE, intent);
        tx.emit("setup_intent.requires_action", intent);
        return intent;
    }

    private static ObjectNode succeed(Transaction tx, ObjectNode intent, ObjectNode method) {
        attempt(tx, intent, method, "succeeded", null);
        SavedMethods.setUp(tx, method, Json.string(intent, "customer"), Json.need(intent, "usage"));
        intent.put("status", "succeeded").putNull("next_action").putNull("last_setup_error");
        tx.save(SetupIntents.TYPE, intent);
        tx.emit("setup_intent.succeeded", intent);
        return intent;
    }

    private static ObjectNode declined(
            Transaction tx, ObjectNode intent, ObjectNode method, PaymentOutcome.Declined declined) {
        var error = Declines.error(declined);
        error.set("payment_method", Rendering.served(method.deepCopy()));
        fail(tx, intent, method, error.deepCopy());
        error.set("setup_intent", Rendering.served(intent.deepCopy()));
        return error;
    }

    private static void fail(Transaction tx, ObjectNode intent, ObjectNode method, ObjectNode error) {
        attempt(tx, intent, method, "failed", error);
        intent.put("status", "requires_payment_method").putNull("next_action").putNull("payment_method");
        intent.set("last_setup_error", error);
        tx.save(SetupIntents.TYPE, intent);
        tx.emit("setup_intent.setup_failed", intent);
    }

    private static void attempt(
            Transaction tx, ObjectNode intent, ObjectNode method, String status, @Nullable ObjectNode error) {
        var attempt = Json.object()
                .put("customer", Json.string(intent, "customer"))
                .put("payment_method", Json.need(method, "id"))
                .put("setup_intent", Json.need(intent, "id"))
                .put("status", status)
                .put("usage", Json.need(intent, "usage"));
        var type = Json.need(method, "type");
        var details =
                attempt.putObject("payment_method_details").put("type", type).putObject(type);
        if (type.equals("card")) {
            for (String field :
                    List.of("brand", "checks", "country", "exp_month", "exp_year", "fingerprint", "funding", "last4")) {
                details.set(field, method.path("card").path(field).deepCopy());
            }
            details.put("network", Json.need(method, "card.brand"));
        }
        attempt.set("setup_error", error == null ? Json.none() : error.deepCopy());
        tx.create(ATTEMPTS, attempt, null);
        intent.put("latest_attempt", Json.need(attempt, "id"));
    }

    /** Ends the wait for the customer. */
    void complete(Transaction tx, ObjectNode intent, boolean passed) {
        var method = tx.require(PaymentMethods.TYPE, Json.need(intent, "payment_method"), null);
        if (passed) {
            succeed(tx, intent, method);
        } else {
            var error = Declines.authenticationFailed("setup_intent_authentication_failure");
            error.set("payment_method", Rendering.served(method.deepCopy()));
            fail(tx, intent, method, error);
        }
    }
}
