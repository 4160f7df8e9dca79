package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.engine.Agenda;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The changes of state of a payment intent, each stored and told. */
final class Intents {

    /** Own field: how often the intent has failed, so that who owns it can tell which failures he has seen. */
    static final String FAILURES = "_failures";

    /** An authorization that nobody captures lapses. */
    private static final Duration AUTHORIZED = Duration.ofDays(7);

    private Intents() {}

    static void succeed(Transaction tx, ObjectNode intent, ObjectNode method, ObjectNode charge) {
        intent.put("status", "succeeded")
                .put("amount_capturable", 0)
                .put("amount_received", Json.number(charge, "amount_captured", 0));
        paidWith(tx, intent, method, Json.need(charge, "id"));
        tx.save(PaymentIntents.TYPE, Agenda.cancel(intent));
        tx.emit("payment_intent.succeeded", intent);
    }

    static void awaitCapture(Transaction tx, ObjectNode intent, ObjectNode method, String charge) {
        intent.put("status", "requires_capture").put("amount_capturable", Json.number(intent, "amount", 0));
        paidWith(tx, intent, method, charge);
        tx.save(PaymentIntents.TYPE, Agenda.plan(intent, tx.now() + AUTHORIZED.toSeconds()));
        tx.emit("payment_intent.amount_capturable_updated", intent);
    }

    static void process(Transaction tx, ObjectNode intent, ObjectNode method, String charge) {
        intent.put("status", "processing");
        paidWith(tx, intent, method, charge);
        tx.save(PaymentIntents.TYPE, intent);
        tx.emit("payment_intent.processing", intent);
    }

    private static void paidWith(Transaction tx, ObjectNode intent, ObjectNode method, String charge) {
        intent.put("latest_charge", charge)
                .put("payment_method", Json.need(method, "id"))
                .putNull("last_payment_error")
                .putNull("next_action");
        SavedMethods.afterUse(tx, method, Json.string(intent, "customer"), Json.string(intent, "setup_future_usage"));
    }

    /** Back to the start, with the error. */
    static void fail(Transaction tx, ObjectNode intent, ObjectNode error, @Nullable String charge) {
        intent.put("status", "requires_payment_method")
                .put(FAILURES, Json.number(intent, FAILURES, 0) + 1)
                .putNull("payment_method")
                .putNull("next_action");
        if (charge != null) {
            intent.put("latest_charge", charge);
        }
        intent.set("last_payment_error", error);
        tx.save(PaymentIntents.TYPE, Agenda.cancel(intent));
        tx.emit("payment_intent.payment_failed", intent);
    }

    static void awaitAction(Transaction tx, ObjectNode intent, ObjectNode method, ObjectNode nextAction) {
        intent.put("status", "requires_action").put("payment_method", Json.need(method, "id"));
        intent.putNull("last_payment_error").set("next_action", nextAction);
        tx.save(PaymentIntents.TYPE, Agenda.cancel(intent));
        tx.emit("payment_intent.requires_action", intent);
    }

    static void cancel(Transaction tx, ObjectNode intent, @Nullable String reason) {
        release(tx, intent);
        intent.put("status", "canceled")
                .put("amount_capturable", 0)
                .put("canceled_at", tx.now())
                .put("cancellation_reason", reason)
                .putNull("next_action");
        tx.save(PaymentIntents.TYPE, Agenda.cancel(intent));
        tx.emit("payment_intent.canceled", intent);
    }

    /** The money that was only authorized is the customer's again. */
    private static void release(Transaction tx, ObjectNode intent) {
        if (!"requires_capture".equals(Json.string(intent, "status"))) {
            return;
        }
        var charge = tx.require(Charges.TYPE, Json.need(intent, "latest_charge"), null);
        var before = charge.deepCopy();
        charge.put("amount_refunded", Json.number(charge, "amount", 0)).put("refunded", true);
        tx.saveChanged(Charges.TYPE, before, charge, "charge.refunded");
    }
}
