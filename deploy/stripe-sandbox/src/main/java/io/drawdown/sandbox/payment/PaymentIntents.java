package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Payment intents, as invoices make and use them.
 *
 * <p>States: {@code requires_payment_method} or {@code requires_confirmation} → {@code succeeded}; a decline leads back
 * to {@code requires_payment_method}; {@code requires_action} waits for the customer; {@code canceled} ends it.
 */
public final class PaymentIntents {

    public static final ResourceType TYPE =
            new ResourceType("payment_intent", "pi", "/v1/payment_intents", "payment_intent", "created", "customer");

    private PaymentIntents() {}

    /** Declares the operations. */
    public static void register(Routes routes) {
        routes.on("GET /v1/payment_intents", Reading.list(TYPE))
                .on("GET /v1/payment_intents/{intent}", Reading.retrieve(TYPE));
    }

    /**
     * A new intent to collect an amount.
     *
     * @param amount in the minor unit
     * @param method null while there is none to pay with
     */
    public static ObjectNode open(
            Transaction tx,
            long amount,
            String currency,
            String customer,
            @Nullable String method,
            String description) {
        var id = Ids.next(TYPE.prefix());
        var intent = Json.object()
                .put("id", id)
                .put("amount", amount)
                .put("amount_capturable", 0)
                .put("amount_received", 0)
                .put("capture_method", "automatic")
                .put("client_secret", id + "_secret_" + Ids.text(24))
                .put("confirmation_method", "automatic")
                .put("currency", currency)
                .put("customer", customer)
                .put("description", description)
                .put("payment_method", method)
                .put("status", method == null ? "requires_payment_method" : "requires_confirmation");
        intent.putArray("payment_method_types").add("card");
        intent.putObject("payment_method_options").putObject("card").put("request_three_d_secure", "automatic");
        return tx.create(TYPE, intent, "payment_intent.created");
    }

    static ObjectNode succeed(Transaction tx, ObjectNode intent, ObjectNode method, String charge) {
        intent.put("status", "succeeded")
                .put("amount_received", Json.number(intent, "amount", 0))
                .put("latest_charge", charge)
                .put("payment_method", Json.need(method, "id"))
                .putNull("last_payment_error")
                .putNull("next_action");
        tx.save(TYPE, intent);
        tx.emit("payment_intent.succeeded", intent);
        return intent;
    }

    static ObjectNode fail(Transaction tx, ObjectNode intent, ObjectNode error, String charge) {
        intent.put("status", "requires_payment_method")
                .put("latest_charge", charge)
                .putNull("payment_method")
                .putNull("next_action");
        intent.set("last_payment_error", error);
        tx.save(TYPE, intent);
        tx.emit("payment_intent.payment_failed", intent);
        return intent;
    }

    static ObjectNode awaitAction(Transaction tx, ObjectNode intent, ObjectNode method) {
        intent.put("status", "requires_action").put("payment_method", Json.need(method, "id"));
        intent.putObject("next_action").put("type", "use_stripe_sdk").putObject("use_stripe_sdk");
        tx.save(TYPE, intent);
        tx.emit("payment_intent.requires_action", intent);
        return intent;
    }

    /** Ends the intent unless it has succeeded or ended already. */
    public static void cancel(Transaction tx, String id, String reason) {
        var intent = tx.find(TYPE, id);
        var status = intent == null ? "succeeded" : Json.need(intent, "status");
        if (intent == null || status.equals("succeeded") || status.equals("canceled")) {
            return;
        }
        intent.put("status", "canceled").put("canceled_at", tx.now()).put("cancellation_reason", reason);
        intent.putNull("next_action");
        tx.save(TYPE, intent);
        tx.emit("payment_intent.canceled", intent);
    }
}
