package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.invoice.Bill;
import io.drawdown.sandbox.invoice.Billing;
import io.drawdown.sandbox.invoice.Invoices;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The end of a subscription: now by request, at a time that was set, with its customer, or after the last retry. */
public final class Cancellation {

    /** Of a subscription that is to be canceled: whether what is unused by then is given back. */
    static final String PRORATES = "_proratesEnd";

    private final Subscriptions subscriptions;
    private final Billing billing;
    private final FirstPayment payment;

    Cancellation(Subscriptions subscriptions, Billing billing, FirstPayment payment) {
        this.subscriptions = subscriptions;
        this.billing = billing;
        this.payment = payment;
    }

    void register(Routes routes) {
        routes.on("DELETE /v1/subscriptions/{subscription_exposed_id}", this::cancel);
    }

    ObjectNode cancel(Call call) {
        var tx = call.tx();
        var subscription = tx.require(Subscriptions.TYPE, call.id(), null);
        if (Subscriptions.ENDED.contains(Json.need(subscription, "status"))) {
            throw ApiException.noSuch(Subscriptions.TYPE.label(), call.id(), null);
        }
        if (call.params().get("cancellation_details") instanceof ObjectNode details) {
            Json.child(subscription, "cancellation_details").setAll(details);
        }
        if (Json.flag(call.params(), "prorate") && Subscriptions.isPaidFor(subscription)) {
            Prorations.creditAll(tx, subscription, tx.now());
        }
        var last = Json.flag(call.params(), "invoice_now") ? lastBill(tx, subscription, tx.now()) : null;
        if (last != null) {
            subscription.put("latest_invoice", last.id());
        }
        end(tx, subscription, "cancellation_requested");
        if (last != null) {
            payment.collect(call, last);
        }
        return subscription;
    }

    /** Ends it now, with the invoice for what was used since the last one and is given back of what was not. */
    void endOfPeriod(Transaction tx, ObjectNode subscription) {
        if (Json.flag(subscription, PRORATES) && Subscriptions.isPaidFor(subscription)) {
            Prorations.creditAll(tx, subscription, tx.now());
        }
        var last = lastBill(tx, subscription, tx.now());
        if (last != null) {
            subscription.put("latest_invoice", last.id());
        }
        end(tx, subscription, "cancellation_requested");
        if (last != null) {
            billing.draft(tx, last);
        }
    }

    /** Ends it now; what is still to be paid is no longer collected by itself. */
    void end(Transaction tx, ObjectNode subscription, String reason) {
        subscription
                .put("status", "canceled")
                .put("ended_at", tx.now())
                .put("canceled_at", Json.number(subscription, "canceled_at", tx.now()))
                .putNull("pending_update");
        Json.child(subscription, "cancellation_details").put("reason", reason);
        subscriptions.save(tx, subscription);
        tx.emit("customer.subscription.deleted", subscription);
        Invoices.stopAdvancing(tx, Json.need(subscription, "id"));
    }

    /** Ends all subscriptions of a customer that goes. */
    public void endAllOf(Transaction tx, String customer) {
        tx.work().all(Subscriptions.TYPE.name(), Condition.is("customer", customer)).reversed().stream()
                .filter(each -> !Subscriptions.ENDED.contains(Json.need(each, "status")))
                .forEach(each -> end(tx, each, "cancellation_requested"));
    }

    /** For what was used since the last invoice and what is pending; null when there is nothing. */
    static @Nullable Bill lastBill(Transaction tx, ObjectNode subscription, long until) {
        var used = new Period(Subscriptions.period(subscription).start(), until);
        var metered = Lines.used(tx, subscription, until);
        if (metered.isEmpty() && Billing.pending(tx, subscription).isEmpty()) {
            return null;
        }
        return new Bill(
                Ids.next(Invoices.TYPE.prefix()),
                subscription,
                "subscription_cycle",
                used.start(),
                used.end(),
                List.of(),
                metered,
                true);
    }
}
