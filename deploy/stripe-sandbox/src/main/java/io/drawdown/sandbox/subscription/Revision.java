package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.invoice.Bill;
import io.drawdown.sandbox.invoice.Invoices;
import io.drawdown.sandbox.json.Json;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a change of a running subscription costs, and when.
 *
 * <p>Other intervals than all before, an anchor moved to now and a trial that is ended begin a new period, which is billed at once with
 * what is prorated of the old one. Any other change of items is prorated within the period; {@code always_invoice} bills
 * that at once, too.
 */
final class Revision {

    private static final String UPDATE = "subscription_update";
    private static final long PENDING_SECONDS = 23 * 3600;

    private final Subscriptions subscriptions;
    private final FirstPayment payment;

    Revision(Subscriptions subscriptions, FirstPayment payment) {
        this.subscriptions = subscriptions;
        this.payment = payment;
    }

    /** Stores the changed subscription, and makes and collects what the change costs. */
    void apply(Call call, ObjectNode before, ObjectNode subscription) {
        var bill = price(call, before, subscription);
        Changes.writeCancellation(call, subscription);
        if (bill == null) {
            subscriptions.saveChanged(call.tx(), before, subscription);
        } else if ("pending_if_incomplete".equals(call.text("payment_behavior"))) {
            applyWhenPaid(call, before, subscription, bill);
        } else {
            subscriptions.saveChanged(call.tx(), before, subscription.put("latest_invoice", bill.id()));
            payment.collect(call, bill);
        }
    }

    /** Leaves pending items behind; returns what is to be billed at once, or null when nothing is. */
    @Nullable
    Bill price(Call call, ObjectNode before, ObjectNode subscription) {
        boolean prorates = !"none".equals(call.text("proration_behavior"));
        if (call.params().has("trial_end")) {
            return moveTrialEnd(call, before, subscription, prorates);
        }
        if (beginsAnew(call, before, subscription)) {
            return restart(call.tx(), before, subscription, prorates, UPDATE);
        }
        boolean paidFor = Subscriptions.isPaidFor(before);
        if (prorates && paidFor) {
            Prorations.between(call.tx(), before, subscription, instant(call, before));
        }
        if (paidFor) {
            AccruedUsage.settle(call.tx(), before, subscription);
        }
        boolean atOnce = "always_invoice".equals(call.text("proration_behavior"))
                && (call.params().has("items") || call.params().has(ExtraItems.PARAM));
        return atOnce && paidFor ? bill(call.tx(), subscription, UPDATE, List.of(), List.of()) : null;
    }

    private static boolean beginsAnew(Call call, ObjectNode before, ObjectNode subscription) {
        boolean trial = "trialing".equals(Json.string(before, "status"));
        boolean otherIntervals = Collections.disjoint(Terms.intervals(before), Terms.intervals(subscription));
        return "now".equals(call.text("billing_cycle_anchor")) || (!trial && otherIntervals);
    }

    private static long instant(Call call, ObjectNode before) {
        var period = Subscriptions.period(before);
        long instant = Json.number(call.params(), "proration_date", call.tx().now());
        if (instant < period.start() || instant > period.end()) {
            throw ApiException.invalid(
                    null, "Cannot specify proration_date outside the current period.", "proration_date");
        }
        return instant;
    }

    /** A new period from now on, billed in full. */
    static Bill restart(Transaction tx, ObjectNode before, ObjectNode subscription, boolean prorates, String reason) {
        if (prorates && !"trialing".equals(Json.string(before, "status"))) {
            Prorations.creditAll(tx, before, tx.now());
        }
        boolean trial = "trialing".equals(Json.string(before, "status"));
        var used = trial ? List.<ObjectNode>of() : Lines.used(tx, before, tx.now());
        Subscriptions.anchorAt(subscription, tx.now());
        if ("trialing".equals(Json.string(subscription, "status"))) {
            subscription.put("status", "active").put("trial_end", tx.now());
        }
        Subscriptions.enterAt(subscription, tx.now());
        return bill(tx, subscription, reason, Lines.inAdvance(tx, subscription, tx.now()), used);
    }

    private static @Nullable Bill moveTrialEnd(
            Call call, ObjectNode before, ObjectNode subscription, boolean prorates) {
        long now = call.tx().now();
        long end = Trials.endOf(call, subscription, now);
        if (end <= now) {
            return "trialing".equals(Json.string(before, "status"))
                    ? restart(call.tx(), before, subscription, prorates, UPDATE)
                    : null;
        }
        if (prorates && "active".equals(Json.string(before, "status"))) {
            Prorations.creditAll(call.tx(), before, now);
        }
        if ("active".equals(Json.string(before, "status"))) {
            AccruedUsage.settleAll(call.tx(), before);
        }
        Trials.begin(subscription.put("_trialWarned", false), now, end);
        return null;
    }

    private static Bill bill(
            Transaction tx, ObjectNode subscription, String reason, List<ObjectNode> lines, List<ObjectNode> metered) {
        return new Bill(
                Ids.next(Invoices.TYPE.prefix()), subscription, reason, tx.now(), tx.now(), lines, metered, true);
    }

    /** The change waits while its invoice is not paid: until then everything is as before. */
    private void applyWhenPaid(Call call, ObjectNode before, ObjectNode subscription, Bill bill) {
        var tx = call.tx();
        payment.collect(call, bill);
        subscription.put("latest_invoice", bill.id());
        if ("paid".equals(Json.string(tx.require(Invoices.TYPE, bill.id(), null), "status"))) {
            subscriptions.saveChanged(tx, before, subscription);
            return;
        }
        var waiting = before.deepCopy().put("latest_invoice", bill.id());
        var update = waiting.putObject("pending_update")
                .put("expires_at", tx.now() + PENDING_SECONDS)
                .putNull("discount");
        update.set("subscription_items", Json.list(subscription, "items.data").deepCopy());
        for (String field : List.of("billing_cycle_anchor", "discounts", "metadata", "trial_end")) {
            update.set(field, changed(before, subscription, field));
        }
        update.putNull("trial_from_plan");
        tx.template().complete(Subscriptions.TYPE.name(), waiting);
        waiting.set("_pending", subscription.deepCopy());
        subscriptions.saveChanged(tx, before, waiting);
        subscription.removeAll();
        subscription.setAll(waiting);
    }

    private static JsonNode changed(ObjectNode before, ObjectNode after, String field) {
        return before.path(field).equals(after.path(field)) ? Json.none() : after.path(field);
    }
}
