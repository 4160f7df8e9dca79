package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.engine.Agenda;
import io.drawdown.sandbox.engine.Rendering;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.payment.BalanceTransactions.Movement;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Taking money from a payment method: a charge for each try, and what it does to the payment intent. */
public final class Charging {

    /** Who is there when a payment is tried. */
    public enum Session {
        /** The customer, who can authenticate. */
        PRESENT,
        /** The customer, but the request wants no payment that needs him. */
        PRESENT_UNASKED,
        /** Nobody: a bank that insists on authentication declines. */
        ABSENT,
        /** Nobody for now, but the customer can be asked to come and authenticate: how invoices are collected. */
        INVOICE
    }

    /** What came of a try, after everything about it has been recorded. */
    public sealed interface Result {

        /** Paid, or authorized where it is captured later. */
        record Paid() implements Result {}

        /** The answer comes later, as an event. */
        record Processing() implements Result {}

        /** @param error content for {@code error} of the reply */
        record Declined(ObjectNode error) implements Result {}

        /** @param error content for {@code error} of the reply, where waiting is an error */
        record ActionRequired(ObjectNode error) implements Result {}
    }

    private final PaymentSettings settings;
    private final Supplier<String> baseUrl;

    /** Takes the sandbox's own address, where customers authenticate. */
    public Charging(PaymentSettings settings, Supplier<String> baseUrl) {
        this.settings = settings;
        this.baseUrl = baseUrl;
    }

    /** Charges an invoice's intent to the method. */
    public Result collect(Transaction tx, ObjectNode intent, ObjectNode method) {
        return collect(tx, intent, method, Session.INVOICE);
    }

    /** Charges the intent's whole amount to the method. Changes and stores the intent. */
    Result collect(Transaction tx, ObjectNode intent, ObjectNode method, Session session) {
        var outcome = ArrangedOutcomes.take(tx, intent)
                .orElseGet(() -> Instrument.of(method).outcome());
        boolean asks =
                outcome instanceof PaymentOutcome.ActionRequired || Authentications.required(intent, method, session);
        if (asks) {
            return session == Session.ABSENT || session == Session.PRESENT_UNASKED
                    ? declined(tx, intent, method, Declines.AUTHENTICATION_REQUIRED.outcome())
                    : actionRequired(tx, intent, method);
        }
        return switch (outcome) {
            case PaymentOutcome.Declined declined -> declined(tx, intent, method, declined);
            case PaymentOutcome.Processing processing -> processing(tx, intent, method, processing.later());
            case PaymentOutcome.Paid _, PaymentOutcome.ActionRequired _ -> paid(tx, intent, method);
        };
    }

    private Result paid(Transaction tx, ObjectNode intent, ObjectNode method) {
        var charge = NewCharge.approved(NewCharge.of(tx, intent, method));
        charge.put("paid", true).put("status", "succeeded");
        prepareAftermath(tx, charge, Instrument.of(method).aftermath());
        if ("manual".equals(Json.string(intent, "capture_method"))) {
            tx.create(Charges.TYPE, charge, "charge.succeeded");
            Intents.awaitCapture(tx, intent, method, Json.need(charge, "id"));
        } else {
            takeIn(tx, charge, Json.number(charge, "amount", 0));
            tx.create(Charges.TYPE, charge, "charge.succeeded");
            Intents.succeed(tx, intent, method, charge);
        }
        return new Result.Paid();
    }

    /** Captures that much of a charge. The caller stores it. */
    void takeIn(Transaction tx, ObjectNode charge, long amount) {
        var entry = BalanceTransactions.record(
                tx,
                Movement.CHARGE,
                amount,
                settings.fee().ofPayment(amount),
                Json.need(charge, "currency"),
                Json.need(charge, "id"),
                Json.string(charge, "description"));
        charge.put("amount_captured", amount).put("captured", true).put("balance_transaction", Json.need(entry, "id"));
    }

    private void prepareAftermath(Transaction tx, ObjectNode charge, Aftermath aftermath) {
        switch (aftermath) {
            case NOTHING -> {}
            case DISPUTE_FRAUDULENT, DISPUTE_NOT_RECEIVED, INQUIRY ->
                Agenda.plan(charge.put(Aftermath.FIELD, aftermath.name()), later(tx));
            case REFUNDS_PENDING -> charge.put(RefundOutcome.FIELD, RefundOutcome.SUCCEEDS_LATER.name());
            case REFUNDS_FAIL -> charge.put(RefundOutcome.FIELD, RefundOutcome.FAILS_LATER.name());
        }
    }

    private long later(Transaction tx) {
        return tx.now() + settings.later().toSeconds();
    }

    private static Result declined(
            Transaction tx, ObjectNode intent, ObjectNode method, PaymentOutcome.Declined declined) {
        var charge = NewCharge.declined(NewCharge.of(tx, intent, method), declined);
        tx.create(Charges.TYPE, charge, "charge.failed");
        return new Result.Declined(failed(tx, intent, method, charge, declined));
    }

    private static ObjectNode failed(
            Transaction tx, ObjectNode intent, ObjectNode method, ObjectNode charge, PaymentOutcome.Declined declined) {
        var error = Declines.error(declined).put("charge", Json.need(charge, "id"));
        error.set("payment_method", Rendering.served(method.deepCopy()));
        Intents.fail(tx, intent, error.deepCopy(), Json.need(charge, "id"));
        error.set("payment_intent", Rendering.served(intent.deepCopy()));
        return error;
    }

    private Result actionRequired(Transaction tx, ObjectNode intent, ObjectNode method) {
        Intents.awaitAction(tx, intent, method, Authentications.nextAction(baseUrl.get(), intent));
        var error = Declines.invoiceActionRequired();
        error.set("payment_method", Rendering.served(method.deepCopy()));
        error.set("payment_intent", Rendering.served(intent.deepCopy()));
        return new Result.ActionRequired(error);
    }

    private Result processing(Transaction tx, ObjectNode intent, ObjectNode method, PaymentOutcome.Later later) {
        var charge = NewCharge.approved(NewCharge.of(tx, intent, method));
        charge.put("paid", false).put("status", "pending");
        switch (later) {
            case PaymentOutcome.SucceedsLater _ -> Agenda.plan(intent, later(tx));
            case PaymentOutcome.FailsLater(var declined) ->
                Agenda.plan(
                        intent.put("_failsWith", declined.declineCode()).put("_failure", declined.message()),
                        later(tx));
            case PaymentOutcome.NeverEnds _ -> intent.put("_neverEnds", true);
        }
        tx.create(Charges.TYPE, charge, "charge.pending");
        Intents.process(tx, intent, method, Json.need(charge, "id"));
        return new Result.Processing();
    }

    /** The answer to a payment in processing has come. */
    void settle(Transaction tx, ObjectNode intent) {
        var charge = tx.require(Charges.TYPE, Json.need(intent, "latest_charge"), null);
        var method = tx.require(PaymentMethods.TYPE, Json.need(intent, "payment_method"), null);
        var failure = Json.string(intent, "_failsWith");
        if (failure == null) {
            takeIn(tx, charge, Json.number(charge, "amount", 0));
            tx.save(Charges.TYPE, charge.put("paid", true).put("status", "succeeded"));
            tx.emit("charge.succeeded", charge);
            Intents.succeed(tx, intent, method, charge);
        } else {
            intent.remove("_failsWith");
            var declined = Declines.byCode(failure)
                    .map(Declines::outcome)
                    .orElseGet(() -> new PaymentOutcome.Declined(failure, failure, Json.need(intent, "_failure")));
            tx.save(Charges.TYPE, NewCharge.declined(charge, declined));
            tx.emit("charge.failed", charge);
            failed(tx, intent, method, charge, declined);
        }
    }
}
