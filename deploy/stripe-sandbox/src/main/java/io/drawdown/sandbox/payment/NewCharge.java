package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** A charge as it begins, before anybody has answered. */
final class NewCharge {

    private static final List<String> CARD_FIELDS =
            List.of("brand", "country", "exp_month", "exp_year", "fingerprint", "funding", "last4");
    private static final List<String> ACH_FIELDS =
            List.of("account_holder_type", "account_type", "bank_name", "fingerprint", "last4", "routing_number");
    private static final List<String> SEPA_FIELDS =
            List.of("bank_code", "branch_code", "country", "fingerprint", "last4");

    private NewCharge() {}

    static ObjectNode of(Transaction tx, ObjectNode intent, ObjectNode method) {
        var id = Ids.next(Charges.TYPE.prefix());
        var charge = Json.object()
                .put("id", id)
                .put("amount", Json.number(intent, "amount", 0))
                .put("currency", Json.need(intent, "currency"))
                .put("payment_intent", Json.need(intent, "id"))
                .put("payment_method", Json.need(method, "id"))
                .put("receipt_url", "https://pay.stripe.com/receipts/sandbox/" + id);
        for (String field : List.of(
                "customer",
                "description",
                "receipt_email",
                "statement_descriptor",
                "statement_descriptor_suffix",
                "transfer_group")) {
            charge.put(field, Json.string(intent, field));
        }
        charge.set("shipping", intent.path("shipping").deepCopy());
        charge.set("billing_details", method.path("billing_details").deepCopy());
        charge.putObject("fraud_details");
        charge.set("metadata", intent.path("metadata").deepCopy());
        charge.set("payment_method_details", details(intent, method));
        return tx.template().complete(Charges.TYPE.name(), charge);
    }

    private static ObjectNode details(ObjectNode intent, ObjectNode method) {
        var type = Json.need(method, "type");
        var details = Json.object().put("type", type);
        var source = Json.child(method, type);
        var shown = details.putObject(type);
        var fields = switch (type) {
            case "card" -> CARD_FIELDS;
            case "us_bank_account" -> ACH_FIELDS;
            default -> SEPA_FIELDS;
        };
        fields.forEach(field -> shown.set(field, source.path(field).deepCopy()));
        if (type.equals("card")) {
            writeCard(intent, method, shown);
        }
        return details;
    }

    private static void writeCard(ObjectNode intent, ObjectNode method, ObjectNode card) {
        card.put("network", Json.need(method, "card.brand").toLowerCase(Locale.ROOT));
        card.put("regulated_status", "unregulated");
        card.putObject("checks").put("cvc_check", "pass");
        if (Authentications.passed(intent, method)) {
            card.putObject("three_d_secure")
                    .put("authentication_flow", "challenge")
                    .put("electronic_commerce_indicator", "05")
                    .put("result", "authenticated")
                    .put("transaction_id", Ids.text(24))
                    .put("version", "2.2.0");
        }
    }

    /** Writes what the issuer, or Stripe in its place, said. */
    static ObjectNode approved(ObjectNode charge) {
        writeOutcome(charge, "authorized", "approved_by_network", "Payment complete.");
        return charge;
    }

    static ObjectNode declined(ObjectNode charge, PaymentOutcome.Declined declined) {
        charge.put("failure_code", declined.code())
                .put("failure_message", declined.message())
                .put("status", "failed")
                .put("paid", false)
                .putNull("receipt_url");
        boolean blocked = declined.declineCode().equals("fraudulent");
        if (blocked) {
            writeOutcome(charge, "blocked", "not_sent_to_network", "Stripe blocked this payment as too risky.");
        } else {
            writeOutcome(charge, "issuer_declined", "declined_by_network", "The bank declined the payment.");
        }
        var outcome = Json.child(charge, "outcome");
        outcome.put("reason", blocked ? "highest_risk_level" : declined.declineCode());
        outcome.put("advice_code", Declines.advice(declined.declineCode()));
        var network = Declines.networkCode(declined.declineCode());
        if (!blocked && !network.isEmpty()) {
            outcome.put("network_decline_code", network);
        }
        return charge;
    }

    private static void writeOutcome(ObjectNode charge, String type, String network, String message) {
        boolean risky = type.equals("blocked");
        charge.putObject("outcome")
                .put("network_status", network)
                .put("risk_level", risky ? "highest" : "normal")
                .put("risk_score", risky ? 80 : 20)
                .put("seller_message", message)
                .put("type", type)
                .putNull("advice_code")
                .putNull("network_advice_code")
                .putNull("network_decline_code")
                .putNull("reason");
    }
}
