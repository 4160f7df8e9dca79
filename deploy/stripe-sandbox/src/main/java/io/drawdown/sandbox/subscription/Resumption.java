package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.invoice.Bill;
import io.drawdown.sandbox.invoice.Invoices;
import io.drawdown.sandbox.json.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The way back from {@code paused}: through an invoice that has to be paid first. */
final class Resumption {

    private final Subscriptions subscriptions;
    private final FirstPayment payment;

    Resumption(Subscriptions subscriptions, FirstPayment payment) {
        this.subscriptions = subscriptions;
        this.payment = payment;
    }

    void register(Routes routes) {
        routes.on("POST /v1/subscriptions/{subscription}/resume", this::resume);
    }

    private ObjectNode resume(Call call) {
        var tx = call.tx();
        var before = tx.require(Subscriptions.TYPE, call.id(), null);
        if (!"paused".equals(Json.string(before, "status"))) {
            throw ApiException.invalid(
                    null,
                    "You can only resume a subscription that is paused; this one is " + Json.need(before, "status")
                            + ".",
                    null);
        }
        var subscription = before.deepCopy();
        if (!"unchanged".equals(call.text("billing_cycle_anchor"))) {
            Subscriptions.anchorAt(subscription, tx.now());
        }
        Subscriptions.enterAt(subscription, tx.now());
        var lines = Lines.inAdvance(tx, subscription, tx.now());
        var bill = new Bill(
                Ids.next(Invoices.TYPE.prefix()),
                subscription,
                "subscription_cycle",
                tx.now(),
                tx.now(),
                lines,
                List.of(),
                true);
        subscriptions.saveChanged(tx, before, subscription.put("latest_invoice", bill.id()));
        payment.collect(call, bill);
        return subscription;
    }
}
