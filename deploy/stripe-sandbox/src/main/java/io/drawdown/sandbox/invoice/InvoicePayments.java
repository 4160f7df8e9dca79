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
        routes.on("GET /v1/invoice_payments", Reading.list(TYPE))
                .on("GET /v1/invoice_payments/{invoice_payment}", Reading.retrieve(TYPE));
    }

    static void open(Transaction tx, ObjectNode invoice, ObjectNode intent) {
        var payment = Json.object()
                .put("amount_requested", Json.number(invoice, "amount_due", 0))
                .put("currency", Json.need(invoice, "currency"))
                .put("invoice", Json.need(invoice, "id"))
                .put("is_default", true)
                .put("status", "open");
        payment.putObject("payment").put("type", "payment_intent").put("payment_intent", Json.need(intent, "id"));
        tx.create(TYPE, payment, null);
    }

    /** The invoice's payment that is not settled yet, or null. */
    static @Nullable ObjectNode openOf(Transaction tx, ObjectNode invoice) {
        var found = tx.work()
                .all(TYPE.name(), Condition.is("invoice", Json.need(invoice, "id")), Condition.is("status", "open"));
        return found.isEmpty() ? null : found.getFirst();
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
        payment.put("status", "paid").put("amount_paid", Json.number(payment, "amount_requested", 0));
        Json.child(payment, "status_transitions").put("paid_at", tx.now());
        tx.save(TYPE, payment);
        tx.emit("invoice_payment.paid", payment);
    }

    /** Ends the invoice's open payment and its intent, when there is one. */
    static void cancel(Transaction tx, ObjectNode invoice, String reason) {
        var payment = openOf(tx, invoice);
        if (payment != null) {
            payment.put("status", "canceled");
            Json.child(payment, "status_transitions").put("canceled_at", tx.now());
            tx.save(TYPE, payment);
            PaymentIntents.cancel(tx, Json.need(payment, "payment.payment_intent"), reason);
        }
    }

    /** The sub-list of an invoice, for those who ask to expand it. */
    public static JsonNode of(Transaction tx, ObjectNode invoice) {
        var id = Json.need(invoice, "id");
        var payments = tx.work().all(TYPE.name(), Condition.is("invoice", id));
        return io.drawdown.sandbox.engine.Listing.list(payments, false, TYPE.path() + "?invoice=" + id);
    }
}
