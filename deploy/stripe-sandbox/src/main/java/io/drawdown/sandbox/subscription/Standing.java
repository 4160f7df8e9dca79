package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.engine.Reactions;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.invoice.InvoicePayments;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.payment.Charges;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** How a subscription stands after what became of its latest invoice. Older invoices change nothing. */
final class Standing {

    private static final Set<String> BEHIND = Set.of("past_due", "unpaid");

    private final Subscriptions subscriptions;
    private final Cancellation cancellation;

    Standing(Subscriptions subscriptions, Cancellation cancellation) {
        this.subscriptions = subscriptions;
        this.cancellation = cancellation;
    }

    void register(Reactions reactions) {
        reactions
                .on("invoice.paid", this::paid)
                .on("invoice.payment_failed", this::failed)
                .on("invoice.payment_action_required", this::failed)
                .on("invoice.overdue", this::overdue)
                .on("invoice.marked_uncollectible", this::forgiven)
                .on("invoice.voided", this::voided);
    }

    private static @Nullable ObjectNode latestOf(Transaction tx, ObjectNode invoice) {
        var id = Json.string(invoice, "parent.subscription_details.subscription");
        var subscription = id == null ? null : tx.find(Subscriptions.TYPE, id);
        boolean latest =
                subscription != null && Json.need(invoice, "id").equals(Json.string(subscription, "latest_invoice"));
        return latest ? subscription : null;
    }

    private void paid(Transaction tx, ObjectNode invoice) {
        var subscription = latestOf(tx, invoice);
        if (subscription == null) {
            return;
        }
        boolean remembers = rememberMethod(tx, invoice, subscription);
        if (Json.at(subscription, "pending_update") != null) {
            applyPending(tx, subscription);
        } else if ("paused".equals(Json.string(subscription, "status"))) {
            move(tx, subscription, "active");
            tx.emit(
                    "customer.subscription.resumed",
                    tx.require(Subscriptions.TYPE, Json.need(subscription, "id"), null));
        } else if (isOpen(subscription)) {
            move(tx, subscription, "active");
        } else if (remembers) {
            move(tx, subscription, Json.need(subscription, "status"));
        }
    }

    /** What has paid becomes the default where that was asked for; says whether that is another than before. */
    private static boolean rememberMethod(Transaction tx, ObjectNode invoice, ObjectNode subscription) {
        var charges = InvoicePayments.charges(tx, Json.need(invoice, "id"));
        boolean wanted =
                "on_subscription".equals(Json.string(subscription, "payment_settings.save_default_payment_method"));
        if (!wanted || charges.isEmpty()) {
            return false;
        }
        var method = Json.string(tx.require(Charges.TYPE, charges.getFirst(), "charge"), "payment_method");
        boolean other = method != null && !method.equals(Json.string(subscription, "default_payment_method"));
        subscription.put("default_payment_method", method);
        return other;
    }

    private static boolean isOpen(ObjectNode subscription) {
        var status = Json.need(subscription, "status");
        return status.equals("incomplete") || BEHIND.contains(status);
    }

    private void applyPending(Transaction tx, ObjectNode waiting) {
        var subscription = Json.child(waiting, "_pending");
        subscription.putNull("pending_update");
        subscriptions.saveChanged(tx, waiting, subscription);
        tx.emit("customer.subscription.pending_update_applied", subscription);
    }

    private void failed(Transaction tx, ObjectNode invoice) {
        var subscription = latestOf(tx, invoice);
        if (subscription == null || Json.at(subscription, "pending_update") != null) {
            return;
        }
        var status = Json.need(subscription, "status");
        if (status.equals("active")) {
            move(tx, subscription, "past_due");
        }
        boolean last = Json.flag(invoice, "auto_advance") && Json.at(invoice, "next_payment_attempt") == null;
        if (last && (status.equals("active") || status.equals("past_due"))) {
            giveUp(tx, Json.need(subscription, "id"));
        }
    }

    private void giveUp(Transaction tx, String id) {
        var subscription = tx.require(Subscriptions.TYPE, id, null);
        switch (subscriptions.settings().afterLastRetry()) {
            case CANCEL -> cancellation.end(tx, subscription, "payment_failed");
            case MARK_UNPAID -> move(tx, subscription, "unpaid");
            case LEAVE_PAST_DUE -> {}
        }
    }

    private void overdue(Transaction tx, ObjectNode invoice) {
        var subscription = latestOf(tx, invoice);
        if (subscription != null && "active".equals(Json.string(subscription, "status"))) {
            move(tx, subscription, "past_due");
        }
    }

    private void forgiven(Transaction tx, ObjectNode invoice) {
        var subscription = latestOf(tx, invoice);
        if (subscription != null && BEHIND.contains(Json.need(subscription, "status"))) {
            move(tx, subscription, "active");
        }
    }

    private void voided(Transaction tx, ObjectNode invoice) {
        var subscription = latestOf(tx, invoice);
        if (subscription != null && "incomplete".equals(Json.string(subscription, "status"))) {
            move(tx, subscription.put("ended_at", tx.now()), "incomplete_expired");
        } else {
            forgiven(tx, invoice);
        }
    }

    private void move(Transaction tx, ObjectNode subscription, String status) {
        var before = tx.require(Subscriptions.TYPE, Json.need(subscription, "id"), null);
        subscriptions.saveChanged(tx, before, subscription.put("status", status));
    }
}
