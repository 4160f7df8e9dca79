package io.drawdown.sandbox.refund;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Agenda;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Listing;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.payment.Charges;
import io.drawdown.sandbox.payment.PaymentIntents;
import io.drawdown.sandbox.payment.PaymentSettings;
import io.drawdown.sandbox.payment.RefundOutcome;
import io.drawdown.sandbox.store.Condition;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Create, read, change, cancel and list refunds. */
public final class Refunds {

    public static final ResourceType TYPE =
            new ResourceType("refund", "re", "/v1/refunds", "refund", "created", "charge", "payment_intent");

    private static final Set<String> HANDLED = Set.of("amount", "charge", "payment_intent");
    private static final Set<String> REFUSED = Set.of(
            "currency", "customer", "instructions_email", "origin", "refund_application_fee", "reverse_transfer");

    private final Fields fields;
    private final Refunding refunding;

    public Refunds(Fields fields, PaymentSettings settings) {
        this.fields = fields;
        this.refunding = new Refunding(settings);
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("POST /v1/refunds", this::create)
                .on("GET /v1/refunds", Reading.list(TYPE))
                .on("GET /v1/refunds/{refund}", Reading.retrieve(TYPE))
                .on("POST /v1/refunds/{refund}", this::update)
                .on("POST /v1/refunds/{refund}/cancel", Refunds::cancel);
    }

    /** Declares what happens to refunds by themselves. */
    public static void register(Agenda agenda) {
        agenda.when(TYPE, Refunding::settle);
    }

    private ObjectNode create(Call call) {
        var charge = chargeOf(call);
        long amount = Json.at(call.params(), "amount") == null
                ? Refunding.remaining(charge)
                : Json.number(call.params(), "amount", 0);
        var refund = Json.object();
        refund.putObject("metadata");
        fields.take(call, TYPE, refund, HANDLED, REFUSED);
        return refunding.refund(call.tx(), charge, amount, refund);
    }

    private static ObjectNode chargeOf(Call call) {
        var charge = call.text("charge");
        var intent = call.text("payment_intent");
        if (charge == null && intent == null) {
            throw ApiException.malformed(
                    "parameter_missing",
                    "One of the following params should be provided for this request: payment_intent or charge.",
                    null);
        }
        var paid = intent == null ? String.valueOf(charge) : chargeOf(call.tx(), intent);
        if (charge != null && !charge.equals(paid)) {
            throw ApiException.invalid(
                    null, "The charge " + charge + " does not belong to the PaymentIntent " + intent + ".", "charge");
        }
        return call.tx().require(Charges.TYPE, paid, "charge");
    }

    private static String chargeOf(Transaction tx, String id) {
        var intent = tx.require(PaymentIntents.TYPE, id, "payment_intent");
        var charge = Json.string(intent, "latest_charge");
        if (charge == null || !"succeeded".equals(Json.string(intent, "status"))) {
            throw ApiException.invalid(
                    null,
                    "This PaymentIntent (" + id + ") does not have a successful charge to refund.",
                    "payment_intent");
        }
        return charge;
    }

    /**
     * Refunds a payment for another resource's sake, with all the events of a refund.
     *
     * @param amount in the minor unit
     * @param reason one of Stripe's, or null
     * @throws ApiException when the charge cannot be refunded by that amount
     */
    public ObjectNode refund(Transaction tx, String charge, long amount, @Nullable String reason) {
        var refund = Json.object().put("reason", reason);
        refund.putObject("metadata");
        return refunding.refund(tx, tx.require(Charges.TYPE, charge, "charge"), amount, refund);
    }

    /** Arranges what becomes of the refunds of a charge. */
    public static ObjectNode arrange(Transaction tx, String charge, RefundOutcome outcome) {
        var arranged = outcome.arrange(tx.require(Charges.TYPE, charge, "charge"));
        tx.save(Charges.TYPE, arranged);
        return arranged;
    }

    /**
     * What the customer, or his bank, says to a refund.
     *
     * @throws ApiException when it has ended already
     */
    public static ObjectNode decide(Transaction tx, String id, boolean succeeds) {
        var refund = tx.require(TYPE, id, "refund");
        Refunding.decide(tx, refund, succeeds);
        return refund;
    }

    private ObjectNode update(Call call) {
        var before = call.tx().require(TYPE, call.id(), null);
        var refund = before.deepCopy();
        fields.take(call, TYPE, refund, Set.of(), Set.of());
        call.tx().saveChanged(TYPE, before, refund, "refund.updated");
        return refund;
    }

    private static ObjectNode cancel(Call call) {
        var refund = call.tx().require(TYPE, call.id(), null);
        var status = Json.need(refund, "status");
        if (!status.equals("requires_action")) {
            throw ApiException.invalid(
                    "status_transition_invalid",
                    "Only refunds with a status of requires_action can be canceled; this one is " + status + ".",
                    null);
        }
        return Refunding.cancel(call.tx(), refund);
    }

    /** The sub-list of a charge, for those who ask to expand it. */
    public static JsonNode of(Transaction tx, ObjectNode charge) {
        var id = Json.need(charge, "id");
        var refunds = tx.work().newestFirst(TYPE.name(), List.of(Condition.is("charge", id)), 10, null);
        boolean more = tx.work().count(TYPE.name(), Condition.is("charge", id)) > refunds.size();
        return Listing.list(refunds, more, "/v1/charges/" + id + "/refunds");
    }
}
