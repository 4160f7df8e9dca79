package io.drawdown.sandbox.invoice;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.balance.CustomerBalance;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.payment.Charging;
import io.drawdown.sandbox.payment.PaymentIntents;
import io.drawdown.sandbox.payment.PaymentMethods;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Getting an invoice paid: by request, by the sandbox itself, or outside of it. */
public final class Collection {

    private static final Set<String> REFUSED = Set.of("mandate", "source", "forgive");

    private final Finalization finalization;
    private final Charging charging;
    private final List<Duration> retries;

    /** Takes the time from each failed try to the next; after the last one nothing is tried by itself. */
    public Collection(Finalization finalization, Charging charging, List<Duration> retries) {
        this.retries = List.copyOf(retries);
        this.finalization = finalization;
        this.charging = charging;
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("POST /v1/invoices/{invoice}/pay", this::pay);
    }

    private ObjectNode pay(Call call) {
        REFUSED.stream().filter(call.params()::has).findFirst().ifPresent(param -> {
            throw ApiException.notCovered(param, call.operation());
        });
        var tx = call.tx();
        var invoice = payable(tx, tx.require(Invoices.TYPE, call.id(), null));
        if (invoice.path("status").asString().equals("paid")) {
            return invoice;
        }
        if (Json.flag(call.params(), "paid_out_of_band")) {
            return paidElsewhere(tx, invoice);
        }
        var method = method(call, invoice);
        switch (attempt(tx, invoice, method)) {
            case Charging.Result.Paid _, Charging.Result.Processing _ -> {}
            case Charging.Result.Declined(var error) -> throw ApiException.card(error);
            case Charging.Result.ActionRequired(var error) -> throw ApiException.card(error);
        }
        return invoice;
    }

    /** Drafts are finalized first; what is paid or void already is refused. */
    private ObjectNode payable(Transaction tx, ObjectNode invoice) {
        return switch (Json.need(invoice, "status")) {
            case "draft" -> finalization.finalizeOrRefuse(tx, invoice);
            case "paid" -> throw ApiException.invalid(null, "Invoice is already paid", null);
            case "void" -> throw ApiException.invalid(null, "Invoice is void: it can no longer be paid", null);
            default -> invoice;
        };
    }

    private static ObjectNode method(Call call, ObjectNode invoice) {
        var owner = Json.need(invoice, "customer");
        var given = call.text("payment_method");
        if (given != null) {
            return PaymentMethods.payable(call.tx(), given, owner, "payment_method");
        }
        var usual = methodOf(call.tx(), invoice);
        if (usual == null) {
            throw ApiException.invalid(
                    null,
                    "There is no `default_payment_method` set on this Customer or Invoice. Please set a default payment "
                            + "method to use when paying this invoice or provide one in the `payment_method` parameter.",
                    null);
        }
        return call.tx().require(PaymentMethods.TYPE, usual, "payment_method");
    }

    /**
     * The invoice's default, or else its subscription's, or else its customer's; a card that is merely attached is not
     * used.
     */
    public static @Nullable String methodOf(Transaction tx, ObjectNode invoice) {
        var own = Json.string(invoice, "default_payment_method");
        var owner = Json.string(invoice, "_subscription");
        var subscription = owner == null ? null : tx.work().get("subscription", owner);
        return own != null ? own : methodOfSubscription(tx, subscription == null ? invoice : subscription);
    }

    /** What a subscription, or else its customer, usually pays with. */
    public static @Nullable String methodOfSubscription(Transaction tx, ObjectNode subscription) {
        var own = Json.string(subscription, "default_payment_method");
        var customer = tx.find(Customers.TYPE, Json.need(subscription, "customer"));
        return own != null || customer == null ? own : Json.string(customer, "invoice_settings.default_payment_method");
    }

    /** One try, recorded whatever comes of it. */
    public Charging.Result attempt(Transaction tx, ObjectNode invoice, ObjectNode method) {
        var before = invoice.deepCopy();
        var payment = InvoicePayments.openOf(tx, invoice);
        if (payment == null) {
            throw new IllegalStateException("An open invoice has an open payment: " + Json.need(invoice, "id"));
        }
        var intent = tx.require(PaymentIntents.TYPE, Json.need(payment, "payment.payment_intent"), "payment_intent");
        refuseWhileProcessing(intent);
        var result = charging.collect(tx, intent, method);
        InvoicePayments.note(tx, payment, intent);
        invoice.put("attempted", true).put("attempt_count", Json.number(invoice, "attempt_count", 0) + 1);
        switch (result) {
            case Charging.Result.Paid _ -> succeeded(tx, before, invoice, payment);
            case Charging.Result.Processing _ ->
                Invoices.saveChanged(tx, before, invoice.putNull("next_payment_attempt"));
            case Charging.Result.Declined _ -> failed(tx, before, invoice, "invoice.payment_failed");
            case Charging.Result.ActionRequired _ -> failed(tx, before, invoice, "invoice.payment_action_required");
        }
        return result;
    }

    /** Trying twice while nobody knows how the first try ends could take the money twice. */
    private static void refuseWhileProcessing(ObjectNode intent) {
        if ("processing".equals(Json.string(intent, "status"))) {
            throw ApiException.invalid(
                    "payment_intent_unexpected_state",
                    "A payment of this invoice is in processing: wait until it succeeds or fails.",
                    null);
        }
    }

    static void succeeded(Transaction tx, ObjectNode before, ObjectNode invoice, ObjectNode payment) {
        InvoicePayments.paid(tx, payment);
        receive(tx, invoice, Json.number(payment, "amount_paid", 0));
        boolean whole = Json.number(invoice, "amount_remaining", 0) == 0;
        if (whole) {
            InvoicePayments.cancel(tx, invoice, "automatic");
            settle(tx, invoice);
        }
        Invoices.saveChanged(tx, before, invoice);
        if (whole) {
            tx.emit("invoice.paid", invoice);
        }
        tx.emit("invoice.payment_succeeded", invoice);
        creditOverpaid(tx, invoice);
    }

    /** Counts what has been paid; the invoice's own payment asks for the rest from now on. */
    private static void receive(Transaction tx, ObjectNode invoice, long amount) {
        long paid = Math.addExact(Json.number(invoice, "amount_paid", 0), amount);
        long open = Json.number(invoice, "amount_due", 0) - paid;
        invoice.put("amount_paid", paid)
                .put("amount_remaining", Math.max(0, open))
                .put("amount_overpaid", Math.max(0, -open));
        InvoicePayments.ask(tx, invoice, open);
    }

    /** What was paid too much is credited to the customer's balance. */
    private static void creditOverpaid(Transaction tx, ObjectNode invoice) {
        long amount = Json.number(invoice, "amount_overpaid", 0);
        if (amount > 0) {
            var reason = CustomerBalance.Reason.invoice("invoice_overpaid", Json.need(invoice, "id"));
            CustomerBalance.change(tx, Json.need(invoice, "customer"), -amount, Json.need(invoice, "currency"), reason);
            tx.emit("invoice.overpaid", invoice);
        }
    }

    /** The invoice is paid: nothing remains, and nothing more is tried. It is still to be stored. */
    static void settle(Transaction tx, ObjectNode invoice) {
        invoice.put("status", "paid")
                .put("amount_remaining", 0)
                .put("auto_advance", false)
                .putNull("next_payment_attempt");
        Json.child(invoice, "status_transitions").put("paid_at", tx.now());
    }

    void failed(Transaction tx, ObjectNode before, ObjectNode invoice, String event) {
        int tries = (int) Json.number(invoice, "attempt_count", 1);
        boolean again = Json.flag(invoice, "auto_advance") && tries <= retries.size();
        if (again) {
            invoice.put(
                    "next_payment_attempt", tx.now() + retries.get(tries - 1).toSeconds());
        } else {
            invoice.putNull("next_payment_attempt");
        }
        Invoices.saveChanged(tx, before, invoice);
        tx.emit(event, invoice);
    }

    /** Nothing to try with: that counts as a failed try, so that it is tried again later. */
    public void withoutMethod(Transaction tx, ObjectNode invoice) {
        var before = invoice.deepCopy();
        invoice.put("attempted", true).put("attempt_count", Json.number(invoice, "attempt_count", 0) + 1);
        failed(tx, before, invoice, "invoice.payment_failed");
    }

    private static ObjectNode paidElsewhere(Transaction tx, ObjectNode invoice) {
        var before = invoice.deepCopy();
        InvoicePayments.cancel(tx, invoice, "automatic");
        invoice.put("amount_paid_off_stripe", Json.number(invoice, "amount_remaining", 0))
                .put("amount_paid", Json.number(invoice, "amount_due", 0));
        settle(tx, invoice);
        Invoices.saveChanged(tx, before, invoice);
        tx.emit("invoice.paid", invoice);
        return invoice;
    }
}
