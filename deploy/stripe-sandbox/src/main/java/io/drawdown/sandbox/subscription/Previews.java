package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.invoice.Bill;
import io.drawdown.sandbox.invoice.Billing;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code create_preview}: what an invoice would be.
 *
 * <p>The change that is asked about is really made, with its prorations and all, and undone when the invoice has been read
 * off: so a preview says what would happen, by the code that makes it happen.
 */
final class Previews {

    private static final Set<String> COVERED = Set.of(
            "automatic_tax",
            "customer",
            "subscription",
            "subscription_details",
            "currency",
            "discounts",
            "expand",
            "preview_mode");
    private static final Set<String> COVERED_DETAILS = Set.of(
            "items",
            "proration_behavior",
            "proration_date",
            "trial_end",
            "cancel_at",
            "cancel_at_period_end",
            "cancel_now",
            "billing_cycle_anchor",
            "billing_mode",
            "metadata",
            "start_date");

    private final Billing billing;
    private final Creation creation;
    private final Changes changes;
    private final Revision revision;

    Previews(Billing billing, Creation creation, Changes changes, Revision revision) {
        this.billing = billing;
        this.creation = creation;
        this.changes = changes;
        this.revision = revision;
    }

    void register(Routes routes) {
        routes.on("POST /v1/invoices/create_preview", this::preview);
    }

    private ObjectNode preview(Call call) {
        refuseUncovered(call);
        var tx = call.tx();
        var invoice = imagine(call);
        tx.undo();
        var id = "upcoming_" + Ids.next("in");
        Json.child(invoice, "lines").put("url", "/v1/invoices/" + id + "/lines");
        return invoice.put("id", id).put("auto_advance", false);
    }

    private static void refuseUncovered(Call call) {
        call.params().propertyNames().stream()
                .filter(param -> !COVERED.contains(param))
                .findFirst()
                .ifPresent(param -> {
                    throw ApiException.notCovered(param, call.operation());
                });
        if ("recurring".equals(call.text("preview_mode"))) {
            throw ApiException.notCovered("preview_mode=recurring", call.operation());
        }
        details(call).propertyNames().stream()
                .filter(param -> !COVERED_DETAILS.contains(param))
                .findFirst()
                .ifPresent(param -> {
                    throw ApiException.notCovered("subscription_details[" + param + "]", call.operation());
                });
    }

    private static ObjectNode details(Call call) {
        return call.params().get("subscription_details") instanceof ObjectNode details ? details : Json.object();
    }

    private ObjectNode imagine(Call call) {
        var subscription = call.text("subscription");
        if (subscription != null) {
            return changed(call, call.tx().require(Subscriptions.TYPE, subscription, "subscription"));
        }
        var customer = Customers.named(call);
        if (details(call).has("items")) {
            return begun(call);
        }
        var next = nextOf(call.tx(), Json.need(customer, "id"));
        if (next == null) {
            throw ApiException.of(
                    404,
                    "invalid_request_error",
                    "invoice_upcoming_none",
                    "No upcoming invoices for customer: " + Json.need(customer, "id"));
        }
        return renewed(call.tx(), next);
    }

    /** The subscription of a customer that renews first. */
    private static @Nullable ObjectNode nextOf(Transaction tx, String customer) {
        return tx
                .work()
                .all(
                        Subscriptions.TYPE.name(),
                        Condition.is("customer", customer),
                        Condition.that("status", Appointment.LIVING::contains))
                .stream()
                .min(Comparator.comparingLong(each -> Subscriptions.period(each).end()))
                .orElse(null);
    }

    /** What a subscription that does not exist yet would first be billed. */
    private ObjectNode begun(Call call) {
        var params = terms(call);
        params.put("customer", call.need("customer"));
        params.remove("proration_date");
        if (Json.flag(params, "cancel_now")) {
            throw ApiException.notCovered("subscription_details[cancel_now]", call.operation());
        }
        if (params.has("start_date")) {
            params.set("backdate_start_date", params.remove("start_date"));
        }
        if (call.params().has("currency")) {
            params.set("currency", call.params().get("currency"));
        }
        var subscribing = new Call(call.tx(), call.operation(), call.path(), params);
        return billing.preview(
                call.tx(), creation.firstBill(subscribing), call.tx().now());
    }

    /** What is asked about, as a subscription's own parameters. */
    private static ObjectNode terms(Call call) {
        var params = details(call).deepCopy();
        for (String shared : List.of("automatic_tax", "discounts")) {
            if (call.params().has(shared)) {
                params.set(shared, call.params().get(shared).deepCopy());
            }
        }
        return params;
    }

    /** What a subscription would be billed next, if it were changed like that. */
    private ObjectNode changed(Call call, ObjectNode before) {
        if (Subscriptions.ENDED.contains(Json.need(before, "status"))) {
            throw nothingComes(before);
        }
        var change = new Call(call.tx(), call.operation(), call.path(), terms(call));
        if (Json.flag(change.params(), "cancel_now")) {
            return canceled(change, before);
        }
        var subscription = before.deepCopy();
        changes.changeItems(change, subscription);
        Terms.check(subscription);
        Subscriptions.notePeriod(subscription);
        Changes.writeTerms(change, subscription);
        var bill = revision.price(change, before, subscription);
        Changes.writeCancellation(change, subscription);
        return bill == null
                ? renewed(call.tx(), subscription)
                : billing.preview(call.tx(), bill, call.tx().now());
    }

    private ObjectNode canceled(Call change, ObjectNode subscription) {
        var tx = change.tx();
        if (Subscriptions.isPaidFor(subscription) && !"none".equals(change.text("proration_behavior"))) {
            Prorations.creditAll(tx, subscription, tx.now());
        }
        var last = Cancellation.lastBill(tx, subscription, tx.now());
        if (last == null) {
            throw nothingComes(subscription);
        }
        return billing.preview(tx, last, tx.now());
    }

    private static ApiException nothingComes(ObjectNode subscription) {
        return ApiException.of(
                404,
                "invalid_request_error",
                "invoice_upcoming_none",
                "No upcoming invoices for subscription: " + Json.need(subscription, "id"));
    }

    private ObjectNode renewed(Transaction tx, ObjectNode subscription) {
        long end = Subscriptions.period(subscription).end();
        boolean ends = Json.number(subscription, "cancel_at", Long.MAX_VALUE) <= end;
        var bill = Lifecycle.nextBill(tx, subscription);
        return billing.preview(tx, ends ? withoutAdvance(bill) : bill, end);
    }

    private static Bill withoutAdvance(Bill bill) {
        return new Bill(
                bill.id(),
                bill.subscription(),
                bill.reason(),
                bill.start(),
                bill.end(),
                List.of(),
                bill.metered(),
                true);
    }
}
