package io.drawdown.sandbox.refund;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Agenda;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.payment.BalanceTransactions;
import io.drawdown.sandbox.payment.BalanceTransactions.Movement;
import io.drawdown.sandbox.payment.Charges;
import io.drawdown.sandbox.payment.PaymentSettings;
import io.drawdown.sandbox.payment.RefundOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a refund does to its charge and to the account's money. */
final class Refunding {

    /** How long a customer has to say where the money is to go. */
    private static final Duration TO_ACT = Duration.ofDays(45);

    private static final Map<String, String> DESTINATIONS =
            Map.of("us_bank_account", "us_bank_transfer", "sepa_debit", "eu_bank_transfer");

    private final PaymentSettings settings;

    Refunding(PaymentSettings settings) {
        this.settings = settings;
    }

    /** What can still be refunded of the charge, in the minor unit. */
    static long remaining(ObjectNode charge) {
        return Math.subtractExact(Json.number(charge, "amount_captured", 0), Json.number(charge, "amount_refunded", 0));
    }

    /**
     * Refunds that much of the charge.
     *
     * @param refund the beginnings of the refund: reason and metadata
     */
    ObjectNode refund(Transaction tx, ObjectNode charge, long amount, ObjectNode refund) {
        refuseUnlessRefundable(charge);
        refuseOtherAmounts(charge, amount);
        var id = Ids.next(Refunds.TYPE.prefix());
        var currency = Json.need(charge, "currency");
        var entry = BalanceTransactions.record(tx, Movement.REFUND, -amount, 0, currency, id, describe(charge));
        refund.put("id", id)
                .put("amount", amount)
                .put("balance_transaction", Json.need(entry, "id"))
                .put("charge", Json.need(charge, "id"))
                .put("currency", currency)
                .put("customer", Json.string(charge, "customer"))
                .put("payment_intent", Json.string(charge, "payment_intent"))
                .put("payment_method", Json.string(charge, "payment_method"));
        begin(tx, charge, refund);
        return refund;
    }

    private static String describe(ObjectNode charge) {
        var description = Json.string(charge, "description");
        return description == null ? "REFUND FOR CHARGE" : "REFUND FOR CHARGE (" + description + ")";
    }

    private static void refuseUnlessRefundable(ObjectNode charge) {
        var id = Json.need(charge, "id");
        if (Json.flag(charge, "refunded")) {
            throw ApiException.invalid(
                    "charge_already_refunded", "Charge " + id + " has already been refunded.", "charge");
        }
        if (!Json.flag(charge, "captured")) {
            throw ApiException.invalid(
                    "charge_not_refundable",
                    "Charge " + id + " has not been captured, so there is nothing to refund.",
                    "charge");
        }
        if (Json.flag(charge, "disputed") && !Json.flag(charge, Charges.REFUNDABLE_THOUGH_DISPUTED)) {
            throw ApiException.invalid(
                    "charge_disputed", "Charge " + id + " has been charged back; cannot issue a refund.", "charge");
        }
    }

    private static void refuseOtherAmounts(ObjectNode charge, long amount) {
        if (amount < 1) {
            throw ApiException.malformed(
                    "parameter_invalid_integer", "This value must be greater than or equal to 1.", "amount");
        }
        if (amount > remaining(charge)) {
            throw ApiException.invalid(
                    null,
                    "Refund amount (" + amount + ") is greater than unrefunded amount on charge (" + remaining(charge)
                            + "), in the minor unit of " + Json.need(charge, "currency") + ".",
                    "amount");
        }
    }

    private void begin(Transaction tx, ObjectNode charge, ObjectNode refund) {
        var outcome = RefundOutcome.of(charge);
        refund.put("status", outcome.first());
        writeDestination(refund, Json.need(charge, "payment_method_details.type"), "pending");
        switch (outcome) {
            case SUCCEEDS -> {}
            case SUCCEEDS_LATER -> Agenda.plan(refund.put("pending_reason", "processing"), later(tx));
            case FAILS_LATER -> Agenda.plan(refund, later(tx));
            case REQUIRES_ACTION -> askCustomer(tx, charge, refund);
        }
        tx.create(Refunds.TYPE, refund, "refund.created");
        reportFraud(charge, refund);
        addRefunded(tx, charge, Json.number(refund, "amount", 0), "charge.refunded");
        if (outcome == RefundOutcome.SUCCEEDS) {
            confirm(tx, refund);
        }
    }

    private long later(Transaction tx) {
        return tx.now() + settings.later().toSeconds();
    }

    /** He is told by mail, where there is an address, to say where the money is to go. */
    private static void askCustomer(Transaction tx, ObjectNode charge, ObjectNode refund) {
        long expires = tx.now() + TO_ACT.toSeconds();
        var email = Json.string(charge, "receipt_email") == null
                ? Json.string(charge, "billing_details.email")
                : Json.string(charge, "receipt_email");
        var action = refund.putObject("next_action").put("type", "display_details");
        if (email != null) {
            var details = action.putObject("display_details").put("expires_at", expires);
            details.putObject("email_sent").put("email_sent_at", tx.now()).put("email_sent_to", email);
        }
        Agenda.plan(refund, expires);
    }

    private static void reportFraud(ObjectNode charge, ObjectNode refund) {
        if ("fraudulent".equals(Json.string(refund, "reason"))) {
            charge.putObject("fraud_details").put("user_report", "fraudulent");
        }
    }

    private static void writeDestination(ObjectNode refund, String method, String reference) {
        var type = DESTINATIONS.getOrDefault(method, method);
        var destination =
                refund.putObject("destination_details").put("type", type).putObject(type);
        destination.putNull("reference").put("reference_status", reference);
        if (type.equals("card")) {
            destination
                    .put("reference_type", "acquirer_reference_number")
                    .put("type", "refund")
                    .remove("reference");
        }
        if (reference.equals("available")) {
            destination.put("reference", "7413" + Ids.text(20).replaceAll("\\D", "0"));
        }
    }

    /** The network has taken it: the customer's bank can find it by its reference. */
    private static void confirm(Transaction tx, ObjectNode refund) {
        var before = refund.deepCopy();
        refund.put("status", "succeeded");
        refund.remove(List.of("pending_reason", "next_action"));
        writeDestination(refund, Json.need(refund, "destination_details.type"), "available");
        tx.saveChanged(Refunds.TYPE, before, refund, "refund.updated");
    }

    private static void addRefunded(Transaction tx, ObjectNode charge, long amount, String event) {
        var before = charge.deepCopy();
        long refunded = Math.addExact(Json.number(charge, "amount_refunded", 0), amount);
        charge.put("amount_refunded", refunded).put("refunded", refunded == Json.number(charge, "amount_captured", 0));
        tx.saveChanged(Charges.TYPE, before, charge, event);
    }

    /** What was to come later comes now. */
    static void settle(Transaction tx, ObjectNode refund) {
        switch (Json.need(refund, "status")) {
            case "pending" -> confirm(tx, refund);
            case "requires_action" -> fail(tx, refund, "unknown");
            default -> fail(tx, refund, "expired_or_canceled_card");
        }
    }

    private static void fail(Transaction tx, ObjectNode refund, String reason) {
        takeBack(tx, refund, "failed", reason);
        tx.emit("refund.failed", refund);
    }

    /** Ends a refund that waits for the customer or for his bank, and does so now. */
    static void decide(Transaction tx, ObjectNode refund, boolean succeeds) {
        var status = Json.need(refund, "status");
        if (status.equals("failed") || status.equals("canceled") || (succeeds && status.equals("succeeded"))) {
            throw ApiException.invalid(
                    "status_transition_invalid",
                    "Refund " + Json.need(refund, "id") + " is " + status + " already.",
                    null);
        }
        Agenda.cancel(refund);
        if (succeeds) {
            confirm(tx, refund);
        } else {
            fail(tx, refund, "declined");
        }
    }

    /** Ends a refund that waits for the customer. */
    static ObjectNode cancel(Transaction tx, ObjectNode refund) {
        Agenda.cancel(refund);
        takeBack(tx, refund, "canceled", null);
        return refund;
    }

    private static void takeBack(Transaction tx, ObjectNode refund, String status, @Nullable String failure) {
        var before = refund.deepCopy();
        long amount = Json.number(refund, "amount", 0);
        var entry = BalanceTransactions.record(
                tx,
                Movement.REFUND_FAILURE,
                amount,
                0,
                Json.need(refund, "currency"),
                Json.need(refund, "id"),
                "REFUND FAILURE");
        refund.put("status", status).put("failure_balance_transaction", Json.need(entry, "id"));
        refund.remove(List.of("pending_reason", "next_action"));
        if (failure != null) {
            refund.put("failure_reason", failure);
        }
        tx.saveChanged(Refunds.TYPE, before, refund, "refund.updated");
        var charge = tx.require(Charges.TYPE, Json.need(refund, "charge"), "charge");
        addRefunded(tx, charge, -amount, "charge.updated");
    }
}
