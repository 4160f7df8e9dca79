package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.engine.Agenda;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Rendering;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.payment.BalanceTransactions.Movement;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** Taking money from a card: a charge for each try, and what it does to the payment intent. */
public final class Charging {

    private final PaymentSettings settings;

    public Charging(PaymentSettings settings) {
        this.settings = settings;
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
    public Result collect(Transaction tx, ObjectNode intent, ObjectNode method) {
        return switch (PaymentMethods.card(method).outcome()) {
            case CardOutcome.Paid _ -> paid(tx, intent, method);
            case CardOutcome.Declined declined -> declined(tx, intent, method, declined);
            case CardOutcome.ActionRequired _ -> actionRequired(tx, intent, method);
        };
    }

    private Result paid(Transaction tx, ObjectNode intent, ObjectNode method) {
        var charge = blank(tx, intent, method);
        charge.put("amount_captured", Json.number(intent, "amount", 0))
                .put("captured", true)
                .put("paid", true)
                .put("status", "succeeded");
        outcome(charge, "authorized", "approved_by_network", "Payment complete.");
        takeIn(tx, charge);
        prepareAftermath(tx, charge, PaymentMethods.card(method).aftermath());
        tx.create(Charges.TYPE, charge, "charge.succeeded");
        PaymentIntents.succeed(tx, intent, method, Json.need(charge, "id"));
        return new Result.Paid();
    }

    private void takeIn(Transaction tx, ObjectNode charge) {
        long amount = Json.number(charge, "amount_captured", 0);
        var entry = BalanceTransactions.record(
                tx,
                Movement.CHARGE,
                amount,
                settings.fee().ofPayment(amount),
                Json.need(charge, "currency"),
                Json.need(charge, "id"),
                Json.string(charge, "description"));
        charge.put("balance_transaction", Json.need(entry, "id"));
    }

    private void prepareAftermath(Transaction tx, ObjectNode charge, Aftermath aftermath) {
        switch (aftermath) {
            case NOTHING -> {}
            case DISPUTE_FRAUDULENT, DISPUTE_NOT_RECEIVED, INQUIRY ->
                Agenda.plan(
                        charge.put(Aftermath.FIELD, aftermath.name()),
                        tx.now() + settings.later().toSeconds());
            case REFUNDS_PENDING -> charge.put(RefundOutcome.FIELD, RefundOutcome.SUCCEEDS_LATER.name());
            case REFUNDS_FAIL -> charge.put(RefundOutcome.FIELD, RefundOutcome.FAILS_LATER.name());
        }
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
        tx.create(Charges.TYPE, charge, "charge.failed");
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
        var id = Ids.next(Charges.TYPE.prefix());
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
        return tx.template().complete(Charges.TYPE.name(), charge);
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
