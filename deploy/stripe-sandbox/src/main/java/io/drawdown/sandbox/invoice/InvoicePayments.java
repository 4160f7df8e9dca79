package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.payment.PaymentIntents;
import io.drawdown.sandbox.store.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What ties an invoice to the payment intent that collects it. */
public final class InvoicePayments {

    public static final ResourceType TYPE = new ResourceType(
            "invoice_payment",
            "inpay",
            "/v1/invoice_payments",
            "invoice payment",
            "created",
            "invoice",
            "status",
            "payment.type",
            "payment.payment_intent");

    private InvoicePayments() {}

    /** Declares the operations. */
    public static void register(Routes routes) {
        routes.on("POST /v1/invoices/{invoice}/attach_payment", Attachment::attach)
                .on("GET /v1/invoice_payments", Reading.list(TYPE))
                .on("GET /v1/invoice_payments/{invoice_payment}", Reading.retrieve(TYPE));
    }

    /**
     * A payment of an invoice by an intent.
     *
     * @param usual whether it is the invoice's own, rather than attached to it
     */
    static ObjectNode open(Transaction tx, ObjectNode invoice, ObjectNode intent, boolean usual) {
        var payment = Json.object()
                .put("amount_requested", Json.number(intent, "amount", 0))
                .put("currency", Json.need(invoice, "currency"))
                .put("invoice", Json.need(invoice, "id"))
                .put("is_default", usual)
                .put("status", "open");
        payment.putObject("payment").put("type", "payment_intent").put("payment_intent", Json.need(intent, "id"));
        return tx.create(TYPE, payment, null);
    }

    /** The invoice's own payment that is not settled yet, or null. */
    static @Nullable ObjectNode openOf(Transaction tx, ObjectNode invoice) {
        return allOpen(tx, invoice).stream()
                .filter(payment -> Json.flag(payment, "is_default"))
                .findFirst()
                .orElse(null);
    }

    private static List<ObjectNode> allOpen(Transaction tx, ObjectNode invoice) {
        return tx.work()
                .all(TYPE.name(), Condition.is("invoice", Json.need(invoice, "id")), Condition.is("status", "open"));
    }

    /** Asks for another amount from now on; nothing happens when no payment is open. */
    static void ask(Transaction tx, ObjectNode invoice, long amount) {
        var payment = openOf(tx, invoice);
        if (payment != null && amount > 0) {
            tx.save(TYPE, payment.put("amount_requested", amount));
            var intent =
                    tx.require(PaymentIntents.TYPE, Json.need(payment, "payment.payment_intent"), "payment_intent");
            tx.save(PaymentIntents.TYPE, intent.put("amount", amount));
        }
    }

    /** The charges that have paid an invoice, newest first. */
    public static List<String> charges(Transaction tx, String invoice) {
        return tx.work().all(TYPE.name(), Condition.is("invoice", invoice), Condition.is("status", "paid")).stream()
                .map(payment ->
                        tx.require(PaymentIntents.TYPE, Json.need(payment, "payment.payment_intent"), "payment_intent"))
                .map(intent -> Json.need(intent, "latest_charge"))
                .toList();
    }

    /** Remembers what has been seen of the intent, so that news of it can be told from what is known. */
    static void note(Transaction tx, ObjectNode payment, ObjectNode intent) {
        tx.save(TYPE, payment.put("_failures", PaymentIntents.failures(intent)));
    }

    /** Whether the intent has failed since it was last seen. */
    static boolean isNews(ObjectNode payment, ObjectNode intent) {
        return PaymentIntents.failures(intent) > Json.number(payment, "_failures", 0);
    }

    static void paid(Transaction tx, ObjectNode payment) {
        var intent = tx.require(PaymentIntents.TYPE, Json.need(payment, "payment.payment_intent"), "payment_intent");
        payment.put("status", "paid").put("amount_paid", Json.number(intent, "amount_received", 0));
        Json.child(payment, "status_transitions").put("paid_at", tx.now());
        tx.save(TYPE, payment);
        tx.emit("invoice_payment.paid", payment);
    }

    /** Ends the invoice's open payments, and the intent of its own. */
    static void cancel(Transaction tx, ObjectNode invoice, String reason) {
        for (ObjectNode payment : allOpen(tx, invoice)) {
            payment.put("status", "canceled");
            Json.child(payment, "status_transitions").put("canceled_at", tx.now());
            tx.save(TYPE, payment);
            if (Json.flag(payment, "is_default")) {
                PaymentIntents.cancel(tx, Json.need(payment, "payment.payment_intent"), reason);
            }
        }
    }

    /** What a client confirms the invoice's open payment with, for those who ask to expand it; null when there is none. */
    public static JsonNode confirmationSecret(Transaction tx, ObjectNode invoice) {
        var payment = openOf(tx, invoice);
        var intent =
                payment == null ? null : tx.find(PaymentIntents.TYPE, Json.need(payment, "payment.payment_intent"));
        return intent == null
                ? Json.none()
                : Json.object()
                        .put("client_secret", Json.need(intent, "client_secret"))
                        .put("type", "payment_intent");
    }

    /** The sub-list of an invoice, for those who ask to expand it. */
    public static JsonNode of(Transaction tx, ObjectNode invoice) {
        var id = Json.need(invoice, "id");
        var payments = tx.work().all(TYPE.name(), Condition.is("invoice", id));
        return io.drawdown.sandbox.engine.Listing.list(payments, false, TYPE.path() + "?invoice=" + id);
    }
}
