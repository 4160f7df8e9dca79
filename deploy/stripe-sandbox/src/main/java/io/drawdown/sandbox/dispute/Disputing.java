package io.drawdown.sandbox.dispute;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Agenda;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.payment.Aftermath;
import io.drawdown.sandbox.payment.BalanceTransactions;
import io.drawdown.sandbox.payment.BalanceTransactions.Movement;
import io.drawdown.sandbox.payment.Charges;
import io.drawdown.sandbox.payment.PaymentSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The life of a dispute: opened, answered, decided.
 *
 * <p>{@code needs_response} → {@code under_review} → {@code won} or {@code lost}; an inquiry goes from
 * {@code warning_needs_response} by {@code warning_under_review} to {@code warning_closed}, or becomes a chargeback.
 */
public final class Disputing {

    /** How long there is to answer; banks give 7 to 21 days. */
    private static final Duration TO_ANSWER = Duration.ofDays(9);
    /** An inquiry that has not become a chargeback by then is over. */
    private static final Duration INQUIRY_LASTS = Duration.ofDays(120);

    private static final String DECISION = "_decision";

    private final PaymentSettings settings;

    public Disputing(PaymentSettings settings) {
        this.settings = settings;
    }

    /** Declares what happens by itself: test cards are disputed, and what nobody answers ends. */
    public void register(Agenda agenda) {
        agenda.when(Charges.TYPE, this::disputeCharge).when(Disputes.TYPE, this::due);
    }

    private void disputeCharge(Transaction tx, ObjectNode charge) {
        var aftermath = Aftermath.valueOf(Json.need(charge, Aftermath.FIELD));
        var reason = aftermath == Aftermath.DISPUTE_NOT_RECEIVED ? "product_not_received" : "fraudulent";
        open(tx, charge, reason, aftermath == Aftermath.INQUIRY);
    }

    /**
     * Disputes what has not been refunded of a charge. A bank debit that its payer takes back is lost at once: nobody asks
     * first, and nobody listens to evidence.
     *
     * @param reason one of Stripe's; null for the usual one of its payment method
     * @param inquiry whether the bank only asks for now
     * @throws ApiException when there is nothing to dispute
     */
    public ObjectNode open(Transaction tx, ObjectNode charge, @Nullable String reason, boolean inquiry) {
        refuseUnlessDisputable(charge, inquiry);
        charge.put("disputed", true).put(Charges.REFUNDABLE_THOUGH_DISPUTED, inquiry);
        tx.save(Charges.TYPE, charge);
        var dispute = blank(tx, charge, reason, inquiry);
        tx.create(Disputes.TYPE, dispute, "charge.dispute.created");
        if (!inquiry) {
            withdraw(tx, dispute);
        }
        if (isClosed(dispute)) {
            tx.emit("charge.dispute.closed", dispute);
        }
        return dispute;
    }

    private static boolean isOfCard(ObjectNode charge) {
        return "card".equals(Json.string(charge, "payment_method_details.type"));
    }

    private static long disputable(ObjectNode charge) {
        return Math.subtractExact(Json.number(charge, "amount_captured", 0), Json.number(charge, "amount_refunded", 0));
    }

    private static void refuseUnlessDisputable(ObjectNode charge, boolean inquiry) {
        if (Json.flag(charge, "disputed") || disputable(charge) <= 0) {
            throw ApiException.invalid(
                    null,
                    "Charge " + Json.need(charge, "id") + " cannot be disputed: it "
                            + (Json.flag(charge, "disputed") ? "is already." : "holds no money."),
                    "charge");
        }
        if (inquiry && !isOfCard(charge)) {
            throw ApiException.invalid(null, "Banks inquire about cards only, not about debits.", "inquiry");
        }
    }

    private static ObjectNode blank(Transaction tx, ObjectNode charge, @Nullable String reason, boolean inquiry) {
        boolean ofCard = isOfCard(charge);
        var dispute = Json.object()
                .put("amount", disputable(charge))
                .put("charge", Json.need(charge, "id"))
                .put("currency", Json.need(charge, "currency"))
                .put("is_charge_refundable", inquiry)
                .put("payment_intent", Json.string(charge, "payment_intent"))
                .put("reason", reason != null ? reason : ofCard ? "fraudulent" : "debit_not_authorized")
                .put("status", inquiry ? "warning_needs_response" : ofCard ? "needs_response" : "lost");
        dispute.putArray("balance_transactions");
        dispute.putObject("metadata");
        var details = dispute.putObject("evidence_details");
        if (!ofCard) {
            details.putNull("due_by");
            return dispute;
        }
        long due = tx.now() + TO_ANSWER.toSeconds();
        details.put("due_by", due);
        writeCase(dispute, charge, Json.need(dispute, "reason"), inquiry ? "inquiry" : "chargeback");
        return Agenda.plan(dispute, inquiry ? tx.now() + INQUIRY_LASTS.toSeconds() : due);
    }

    private static void writeCase(ObjectNode dispute, ObjectNode charge, String reason, String type) {
        var code = reason.equals("fraudulent") ? "10.4" : "13.1";
        dispute.put("network_reason_code", code);
        dispute.putObject("payment_method_details")
                .put("type", "card")
                .putObject("card")
                .put("brand", Json.need(charge, "payment_method_details.card.brand"))
                .put("case_type", type)
                .put("network", Json.need(charge, "payment_method_details.card.network"))
                .put("network_reason_code", code);
    }

    private void withdraw(Transaction tx, ObjectNode dispute) {
        move(tx, dispute, Movement.DISPUTE, -1, "charge.dispute.funds_withdrawn");
    }

    /** Takes the amount and the fee, or gives both back. */
    private void move(Transaction tx, ObjectNode dispute, Movement movement, int sign, String event) {
        var entry = BalanceTransactions.record(
                tx,
                movement,
                sign * Json.number(dispute, "amount", 0),
                -sign * settings.fee().dispute(),
                Json.need(dispute, "currency"),
                Json.need(dispute, "id"),
                "Chargeback " + (sign < 0 ? "withdrawal" : "reversal") + " for " + Json.need(dispute, "charge"));
        Json.list(dispute, "balance_transactions").add(entry);
        tx.save(Disputes.TYPE, dispute);
        tx.emit(event, dispute);
    }

    /** Brings {@code has_evidence} up to date. */
    static void noteEvidence(ObjectNode dispute) {
        boolean any = dispute.path("evidence").valueStream().anyMatch(JsonNode::isString);
        Json.child(dispute, "evidence_details").put("has_evidence", any);
    }

    /** Sends the evidence to the bank; the caller stores and tells. */
    void submit(Transaction tx, ObjectNode dispute) {
        boolean inquiry = isInquiry(dispute);
        dispute.put("status", inquiry ? "warning_under_review" : "under_review");
        var details = Json.child(dispute, "evidence_details");
        details.put("submission_count", Json.number(details, "submission_count", 0) + 1);
        var words = String.valueOf(Json.string(dispute, "evidence.uncategorized_text"));
        switch (words) {
            case "winning_evidence", "losing_evidence", "escalate_inquiry_evidence" ->
                Agenda.plan(
                        dispute.put(DECISION, words),
                        tx.now() + settings.later().toSeconds());
            default -> {
                if (!inquiry) {
                    Agenda.cancel(dispute);
                }
            }
        }
    }

    private static boolean isInquiry(ObjectNode dispute) {
        return Json.need(dispute, "status").startsWith("warning_");
    }

    /** A decision that was announced, or the end of the time to answer. */
    private void due(Transaction tx, ObjectNode dispute) {
        var decision = Json.string(dispute, DECISION);
        if ("escalate_inquiry_evidence".equals(decision) && isInquiry(dispute)) {
            escalate(tx, dispute);
        } else {
            boolean late = "needs_response".equals(Json.string(dispute, "status"));
            Json.child(dispute, "evidence_details").put("past_due", late);
            decide(tx, dispute, "winning_evidence".equals(decision));
        }
    }

    /** An inquiry becomes a chargeback: the money goes, and there is time to answer once more. */
    public ObjectNode escalate(Transaction tx, ObjectNode dispute) {
        if (!isInquiry(dispute) || isClosed(dispute)) {
            throw closed(dispute);
        }
        var before = dispute.deepCopy();
        long due = tx.now() + TO_ANSWER.toSeconds();
        dispute.put("status", "needs_response")
                .put("is_charge_refundable", false)
                .remove(DECISION);
        Json.child(dispute, "evidence_details").put("due_by", due);
        Json.child(dispute, "payment_method_details.card").put("case_type", "chargeback");
        var charge = tx.require(Charges.TYPE, Json.need(dispute, "charge"), "charge");
        tx.save(Charges.TYPE, charge.put(Charges.REFUNDABLE_THOUGH_DISPUTED, false));
        tx.saveChanged(Disputes.TYPE, before, Agenda.plan(dispute, due), "charge.dispute.updated");
        withdraw(tx, dispute);
        return dispute;
    }

    /**
     * Ends the dispute.
     *
     * @param won whether the account keeps the money; an inquiry just ends
     * @throws ApiException when it has ended already
     */
    public ObjectNode decide(Transaction tx, ObjectNode dispute, boolean won) {
        if (isClosed(dispute)) {
            throw closed(dispute);
        }
        boolean inquiry = isInquiry(dispute);
        dispute.put("status", inquiry ? "warning_closed" : won ? "won" : "lost");
        tx.save(Disputes.TYPE, Agenda.cancel(dispute));
        tx.emit("charge.dispute.closed", dispute);
        if (won && !inquiry) {
            move(tx, dispute, Movement.DISPUTE_REVERSAL, 1, "charge.dispute.funds_reinstated");
        }
        return dispute;
    }

    private static boolean isClosed(ObjectNode dispute) {
        return switch (Json.need(dispute, "status")) {
            case "won", "lost", "warning_closed", "prevented" -> true;
            default -> false;
        };
    }

    private static ApiException closed(ObjectNode dispute) {
        return ApiException.invalid(
                "status_transition_invalid",
                "Dispute " + Json.need(dispute, "id") + " is " + Json.need(dispute, "status") + " already.",
                null);
    }
}
