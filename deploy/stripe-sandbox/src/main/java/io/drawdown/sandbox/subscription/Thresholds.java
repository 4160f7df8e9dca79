package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.invoice.Bill;
import io.drawdown.sandbox.invoice.Billing;
import io.drawdown.sandbox.invoice.Invoices;
import io.drawdown.sandbox.json.Json;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Invoices within a period: as soon as what has been used comes to an amount. */
final class Thresholds {

    static final String PARAM = "billing_thresholds";

    /** Our own choice: how often it is looked. On a test clock each look is a step of its advance. */
    private static final long LOOK_SECONDS = 60;

    private static final long LOOK_SECONDS_ON_CLOCK = 3600;
    private static final Set<String> BILLED = Set.of("active", "past_due");

    private final Subscriptions subscriptions;
    private final Billing billing;

    Thresholds(Subscriptions subscriptions, Billing billing) {
        this.subscriptions = subscriptions;
        this.billing = billing;
    }

    /** Writes what the call has. */
    static void write(Call call, ObjectNode subscription) {
        if (!call.params().has(PARAM)) {
            return;
        }
        if (Json.at(call.params(), PARAM) == null) {
            subscription.putNull(PARAM);
            return;
        }
        long amount = Json.number(call.params(), PARAM + ".amount_gte", 0);
        if (amount <= 0) {
            throw ApiException.invalid(null, "A threshold is an amount of more than 0.", PARAM + "[amount_gte]");
        }
        subscription
                .put("_looked", call.tx().now())
                .putObject(PARAM)
                .put("amount_gte", amount)
                .put("reset_billing_cycle_anchor", Json.flag(call.params(), PARAM + ".reset_billing_cycle_anchor"));
    }

    /** When it is time to look; never, without a threshold. */
    static long nextLook(ObjectNode subscription) {
        boolean has = Json.at(subscription, PARAM + ".amount_gte") != null
                && BILLED.contains(Json.need(subscription, "status"));
        boolean onClock = Json.string(subscription, "test_clock") != null;
        return has
                ? Json.number(subscription, "_looked", 0) + (onClock ? LOOK_SECONDS_ON_CLOCK : LOOK_SECONDS)
                : Appointment.NEVER;
    }

    /** Looks, and bills what has been used when it is enough. */
    void look(Transaction tx, ObjectNode before, ObjectNode subscription) {
        subscription.put("_looked", tx.now());
        var bill = bill(tx, subscription);
        if (Json.number(billing.preview(tx, bill, tx.now()), "subtotal", 0)
                < Json.number(subscription, PARAM + ".amount_gte", 0)) {
            subscriptions.save(tx, subscription);
            return;
        }
        boolean resets = Json.flag(subscription, PARAM + ".reset_billing_cycle_anchor");
        var due = resets ? Revision.restart(tx, before, subscription, true, bill.reason()) : bill(tx, subscription);
        if (!resets) {
            AccruedUsage.markBilled(subscription, tx.now());
        }
        subscriptions.saveChanged(tx, before, subscription.put("latest_invoice", due.id()));
        billing.draft(tx, due);
    }

    private static Bill bill(Transaction tx, ObjectNode subscription) {
        return new Bill(
                Ids.next(Invoices.TYPE.prefix()),
                subscription,
                "subscription_threshold",
                Subscriptions.period(subscription).start(),
                tx.now(),
                List.of(),
                Lines.used(tx, subscription, tx.now()),
                true);
    }
}
