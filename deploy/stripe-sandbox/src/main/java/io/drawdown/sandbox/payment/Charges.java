package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.Rendering;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** Charges: one for each try to take money from a card. */
public final class Charges {

    public static final ResourceType TYPE =
            new ResourceType("charge", "ch", "/v1/charges", "charge", "created", "customer", "payment_intent");

    private Charges() {}

    /** Declares the operations. */
    public static void register(Routes routes) {
        routes.on("GET /v1/charges", Reading.list(TYPE)).on("GET /v1/charges/{charge}", Reading.retrieve(TYPE));
    }

    /** What came of a try, after everything about it has been recorded. */
    public sealed interface Result {

        record Paid() implements Result {}

        /** @param error content for {@code error} of the reply */
        record Declined(ObjectNode error) implements Result {}

        /** @param error content for {@code error} of the reply */
        record ActionRequired(ObjectNode error) implements Result {}
    }

    /** Charges the intent's whole amount to the card. */
    public static Result collect(Transaction tx, ObjectNode intent, ObjectNode method) {
        return switch (PaymentMethods.card(method).outcome()) {
            case CardOutcome.Paid _ -> paid(tx, intent, method);
            case CardOutcome.Declined declined -> declined(tx, intent, method, declined);
            case CardOutcome.ActionRequired _ -> actionRequired(tx, intent, method);
        };
    }

    private static Result paid(Transaction tx, ObjectNode intent, ObjectNode method) {
        var charge = blank(tx, intent, method);
        charge.put("amount_captured", Json.number(intent, "amount", 0))
                .put("captured", true)
                .put("paid", true)
                .put("status", "succeeded");
        outcome(charge, "authorized", "approved_by_network", "Payment complete.");
        tx.create(TYPE, charge, "charge.succeeded");
        PaymentIntents.succeed(tx, intent, method, Json.need(charge, "id"));
        return new Result.Paid();
    }

    private static Result declined(
            Transaction tx, ObjectNode intent, ObjectNode method, CardOutcome.Declined declined) {
        var charge = blank(tx, intent, method);
        charge.put("failure_code", declined.code())
                .put("failure_message", declined.message())
                .put("status", "failed")
                .putNull("receipt_url");
        outcome(charge, "issuer_declined", "declined_by_network", "The bank did not return any further details.");
        Json.child(charge, "outcome").put("reason", declined.declineCode());
        tx.create(TYPE, charge, "charge.failed");
        var error = CardErrors.declined(declined).put("charge", Json.need(charge, "id"));
        error.set("payment_method", Rendering.served(method.deepCopy()));
        var failed = PaymentIntents.fail(tx, intent, error.deepCopy(), Json.need(charge, "id"));
        error.set("payment_intent", Rendering.served(failed.deepCopy()));
        return new Result.Declined(error);
    }

    private static Result actionRequired(Transaction tx, ObjectNode intent, ObjectNode method) {
        var waiting = PaymentIntents.awaitAction(tx, intent, method);
        var error = CardErrors.actionRequired();
        error.set("payment_method", Rendering.served(method.deepCopy()));
        error.set("payment_intent", Rendering.served(waiting.deepCopy()));
        return new Result.ActionRequired(error);
    }

    private static ObjectNode blank(Transaction tx, ObjectNode intent, ObjectNode method) {
        var id = Ids.next(TYPE.prefix());
        var charge = Json.object()
                .put("id", id)
                .put("amount", Json.number(intent, "amount", 0))
                .put("currency", Json.need(intent, "currency"))
                .put("customer", Json.string(intent, "customer"))
                .put("description", Json.string(intent, "description"))
                .put("payment_intent", Json.need(intent, "id"))
                .put("payment_method", Json.need(method, "id"))
                .put("receipt_url", "https://pay.stripe.com/receipts/sandbox/" + id);
        charge.set("billing_details", method.path("billing_details").deepCopy());
        charge.putObject("fraud_details");
        charge.putObject("metadata");
        charge.set("payment_method_details", details(method));
        return tx.template().complete(TYPE.name(), charge);
    }

    private static ObjectNode details(ObjectNode method) {
        var details = Json.object().put("type", "card");
        var card = details.putObject("card");
        for (String field :
                new String[] {"brand", "country", "exp_month", "exp_year", "fingerprint", "funding", "last4"}) {
            card.set(field, method.path("card").path(field));
        }
        card.put("network", Json.need(method, "card.brand").toLowerCase(Locale.ROOT));
        card.put("regulated_status", "unregulated");
        card.putObject("checks").put("cvc_check", "pass");
        return details;
    }

    private static void outcome(ObjectNode charge, String type, String network, String message) {
        charge.putObject("outcome")
                .put("network_status", network)
                .put("risk_level", "normal")
                .put("risk_score", 20)
                .put("seller_message", message)
                .put("type", type)
                .putNull("advice_code")
                .putNull("network_advice_code")
                .putNull("network_decline_code")
                .putNull("reason");
    }
}
