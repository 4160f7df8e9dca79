package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.engine.Agenda;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.invoice.Bill;
import io.drawdown.sandbox.invoice.Billing;
import io.drawdown.sandbox.invoice.Collection;
import io.drawdown.sandbox.invoice.Endings;
import io.drawdown.sandbox.invoice.Invoices;
import io.drawdown.sandbox.json.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What happens to subscriptions by itself: each {@link Appointment} when it is due. */
final class Lifecycle {

    private final Subscriptions subscriptions;
    private final Billing billing;
    private final Cancellation cancellation;
    private final Upcoming upcoming;
    private final Thresholds thresholds;

    Lifecycle(Subscriptions subscriptions, Billing billing, Cancellation cancellation, Upcoming upcoming) {
        this.thresholds = new Thresholds(subscriptions, billing);
        this.subscriptions = subscriptions;
        this.billing = billing;
        this.cancellation = cancellation;
        this.upcoming = upcoming;
    }

    void register(Agenda agenda) {
        agenda.when(Subscriptions.TYPE, this::keep);
    }

    private void keep(Transaction tx, ObjectNode subscription) {
        var before = subscription.deepCopy();
        switch (Appointment.next(subscription, subscriptions.settings())) {
            case EXPIRE -> expire(tx, before, subscription);
            case DROP_PENDING_UPDATE -> dropPendingUpdate(tx, subscription);
            case WARN_OF_TRIAL_END -> Trials.warn(tx, subscriptions, subscription);
            case ANNOUNCE_INVOICE -> announce(tx, subscription);
            case RESUME_COLLECTION -> subscriptions.saveChanged(tx, before, subscription.putNull("pause_collection"));
            case CANCEL -> cancellation.endOfPeriod(tx, subscription);
            case RENEW -> renew(tx, before, subscription);
            case LOOK_AT_USAGE -> thresholds.look(tx, before, subscription);
        }
    }

    private void expire(Transaction tx, ObjectNode before, ObjectNode subscription) {
        subscription.put("status", "incomplete_expired").put("ended_at", tx.now());
        subscriptions.saveChanged(tx, before, subscription);
        voidLatest(tx, subscription);
    }

    private void dropPendingUpdate(Transaction tx, ObjectNode subscription) {
        subscription.putNull("pending_update").remove("_pending");
        subscriptions.save(tx, subscription);
        voidLatest(tx, subscription);
        tx.emit("customer.subscription.pending_update_expired", subscription);
    }

    private static void voidLatest(Transaction tx, ObjectNode subscription) {
        var id = Json.string(subscription, "latest_invoice");
        var invoice = id == null ? null : tx.find(Invoices.TYPE, id);
        if (invoice != null && "open".equals(Json.string(invoice, "status")) && !Endings.isPaidInPart(invoice)) {
            Endings.voidInvoice(tx, invoice);
        }
    }

    private void announce(Transaction tx, ObjectNode subscription) {
        subscriptions.save(
                tx,
                subscription.put(
                        "_announced", Subscriptions.period(subscription).end()));
        upcoming.announce(tx, subscription);
    }

    private void renew(Transaction tx, ObjectNode before, ObjectNode subscription) {
        boolean trial = "trialing".equals(Json.string(subscription, "status"));
        if (trial && endsTrialOtherwise(tx, before, subscription)) {
            return;
        }
        var bill = nextBill(tx, subscription);
        subscription.put("latest_invoice", bill.id()).put("status", trial ? "active" : Json.need(before, "status"));
        subscriptions.saveChanged(tx, before, subscription);
        billing.draft(tx, bill);
    }

    /** Moves the subscription into its next period; returns what that costs and what was used in the last one. */
    static Bill nextBill(Transaction tx, ObjectNode subscription) {
        var past = Subscriptions.period(subscription);
        boolean trial = "trialing".equals(Json.string(subscription, "status"));
        var used = trial ? List.<ObjectNode>of() : Lines.inArrears(tx, subscription, past.end());
        Subscriptions.enterNext(subscription, past.end());
        return new Bill(
                Ids.next(Invoices.TYPE.prefix()),
                subscription,
                "subscription_cycle",
                past.start(),
                past.end(),
                Lines.inAdvance(tx, subscription, past.end()),
                used,
                advances(subscription));
    }

    private static boolean advances(ObjectNode subscription) {
        return !"unpaid".equals(Json.string(subscription, "status"))
                && !"keep_as_draft".equals(Json.string(subscription, "pause_collection.behavior"));
    }

    /** Without a payment method a trial may end in a pause or for ever. */
    private boolean endsTrialOtherwise(Transaction tx, ObjectNode before, ObjectNode subscription) {
        var otherwise = Json.string(subscription, "trial_settings.end_behavior.missing_payment_method");
        boolean charges = "charge_automatically".equals(Json.string(subscription, "collection_method"));
        if (!charges
                || "create_invoice".equals(otherwise)
                || Collection.methodOfSubscription(tx, subscription) != null) {
            return false;
        }
        if ("cancel".equals(otherwise)) {
            cancellation.end(tx, subscription, "payment_failed");
        } else {
            subscriptions.saveChanged(tx, before, subscription.put("status", "paused"));
            tx.emit("customer.subscription.paused", subscription);
        }
        return true;
    }
}
