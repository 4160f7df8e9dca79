package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.discount.Discounts;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.payment.PaymentMethods;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes of a subscription by request. */
final class Changes {

    static final Set<String> REFUSED = Set.of(
            "application_fee_percent",
            "billing_schedules",
            "customer_account",
            "default_source",
            "on_behalf_of",
            "pending_invoice_item_interval",
            "transfer_data");

    private static final Set<String> HANDLED = Set.of(
            ExtraItems.PARAM,
            Thresholds.PARAM,
            "items",
            "automatic_tax",
            "default_tax_rates",
            "discounts",
            "billing_cycle_anchor",
            "cancel_at",
            "cancel_at_period_end",
            "collection_method",
            "days_until_due",
            "default_payment_method",
            "off_session",
            "pause_collection",
            "payment_behavior",
            "proration_behavior",
            "proration_date",
            "trial_end",
            "trial_from_plan",
            "trial_settings");
    /** Our own choice: ten years. */
    private static final int MAX_DAYS_UNTIL_DUE = 3650;

    /** What can wait until it is paid for. */
    private static final Set<String> PENDING = Set.of(
            ExtraItems.PARAM,
            "billing_cycle_anchor",
            "discounts",
            "expand",
            "items",
            "metadata",
            "off_session",
            "payment_behavior",
            "proration_behavior",
            "proration_date",
            "trial_end",
            "trial_from_plan");

    private static final Set<String> EDITABLE_AFTER_END = Set.of("metadata", "cancellation_details", "expand");

    private final Subscriptions subscriptions;
    private final SubscriptionItems items;
    private final Fields fields;
    private final Revision revision;
    private final ExtraItems extras;

    Changes(Subscriptions subscriptions, SubscriptionItems items, Fields fields, Revision revision, ExtraItems extras) {
        this.extras = extras;
        this.subscriptions = subscriptions;
        this.items = items;
        this.fields = fields;
        this.revision = revision;
    }

    void register(Routes routes) {
        routes.on("POST /v1/subscriptions/{subscription_exposed_id}", this::update)
                .on("DELETE /v1/subscriptions/{subscription_exposed_id}/discount", this::deleteDiscount);
    }

    private ObjectNode deleteDiscount(Call call) {
        var tx = call.tx();
        var before = tx.require(Subscriptions.TYPE, call.id(), null);
        var discounts = Json.list(before, "discounts");
        if (discounts.isEmpty()) {
            throw ApiException.noSuch("discount", call.id(), null);
        }
        var deleted = Discounts.delete(tx, discounts.get(0).asString());
        var subscription = before.deepCopy();
        Json.list(subscription, "discounts").remove(0);
        subscriptions.saveChanged(tx, before, subscription);
        return deleted;
    }

    ObjectNode update(Call call) {
        var before = call.tx().require(Subscriptions.TYPE, call.id(), null);
        refuseEnded(call, before);
        refuseScheduledEnd(call, before);
        refuseUnlessPending(call);
        var subscription = before.deepCopy();
        fields.take(call, Subscriptions.TYPE, subscription, HANDLED, REFUSED);
        writeTerms(call, subscription);
        writePause(call, subscription);
        changeItems(call, subscription);
        Terms.check(subscription);
        Subscriptions.notePeriod(subscription);
        extras.add(call, subscription);
        revision.apply(call, before, subscription);
        Trials.warnIfDue(call.tx(), subscriptions, subscription);
        return subscription;
    }

    private static void refuseEnded(Call call, ObjectNode subscription) {
        if (Subscriptions.ENDED.contains(Json.need(subscription, "status"))
                && !EDITABLE_AFTER_END.containsAll(call.params().propertyNames())) {
            throw ApiException.invalid(
                    null, "A canceled subscription can only update its cancellation_details and metadata.", null);
        }
    }

    private static void refuseScheduledEnd(Call call, ObjectNode subscription) {
        var schedule = Json.string(subscription, "schedule");
        if (schedule != null && (call.params().has("cancel_at") || call.params().has("cancel_at_period_end"))) {
            throw ApiException.invalid(
                    null,
                    "The subscription is managed by the subscription schedule `" + schedule + "`, and updating any"
                            + " cancelation behavior directly is not allowed. Please update the schedule instead.",
                    null);
        }
    }

    private static void refuseUnlessPending(Call call) {
        var others = call.params()
                .propertyStream()
                .map(Map.Entry::getKey)
                .filter(param -> !PENDING.contains(param))
                .toList();
        if ("pending_if_incomplete".equals(call.text("payment_behavior")) && !others.isEmpty()) {
            throw ApiException.invalid(
                    null,
                    "With payment_behavior=pending_if_incomplete these parameters cannot be given: "
                            + String.join(", ", others) + ".",
                    others.getFirst());
        }
    }

    /** How it is collected and from what. */
    static void writeTerms(Call call, ObjectNode subscription) {
        var collection = call.text("collection_method");
        if (collection != null) {
            subscription.put("collection_method", collection);
        }
        var method = call.text("default_payment_method");
        if (method != null) {
            var owner = Json.need(subscription, "customer");
            subscription.put(
                    "default_payment_method",
                    Json.need(PaymentMethods.payable(call.tx(), method, owner, "default_payment_method"), "id"));
        } else if (call.params().has("default_payment_method")) {
            subscription.putNull("default_payment_method");
        }
        if (call.params().get("trial_settings") instanceof ObjectNode trial) {
            subscription.set("trial_settings", trial);
        }
        Thresholds.write(call, subscription);
        writeDaysUntilDue(call, subscription);
        writeMoney(call, subscription);
    }

    /** Discounts and taxes, for its invoices from now on. */
    private static void writeMoney(Call call, ObjectNode subscription) {
        OwnTerms.write(call, subscription);
        if (call.params().has("automatic_tax")) {
            boolean enabled = Json.flag(call.params(), "automatic_tax.enabled");
            Json.child(subscription, "automatic_tax")
                    .put("enabled", enabled)
                    .set("liability", enabled ? Json.object().put("type", "self") : Json.none());
        }
    }

    private static void writeDaysUntilDue(Call call, ObjectNode subscription) {
        boolean sends = "send_invoice".equals(Json.string(subscription, "collection_method"));
        if (call.params().has("days_until_due")) {
            if (!sends) {
                throw ApiException.invalid(
                        null,
                        "You can only specify days_until_due if collection_method is set to send_invoice.",
                        "days_until_due");
            }
            long days = Json.number(call.params(), "days_until_due", 0);
            if (days < 0 || days > MAX_DAYS_UNTIL_DUE) {
                throw ApiException.invalid(
                        null, "days_until_due is 0 to " + MAX_DAYS_UNTIL_DUE + "; got " + days + ".", "days_until_due");
            }
            subscription.put("days_until_due", days);
        } else if (!sends) {
            subscription.putNull("days_until_due");
        } else if (Json.at(subscription, "days_until_due") == null) {
            throw ApiException.missing("days_until_due");
        }
    }

    /** When it is to be canceled, once its period is known. */
    static void writeCancellation(Call call, ObjectNode subscription) {
        var params = call.params();
        if (params.has("cancel_at") && params.has("cancel_at_period_end")) {
            throw ApiException.exclusive("cancel_at", "cancel_at_period_end");
        }
        if (params.has("cancel_at_period_end")) {
            boolean ends = Json.flag(params, "cancel_at_period_end");
            subscription.put("cancel_at_period_end", ends);
            cancelAt(
                    call,
                    subscription,
                    ends ? Subscriptions.period(subscription).end() : 0);
        } else if (params.has("cancel_at")) {
            subscription.put("cancel_at_period_end", false);
            cancelAt(call, subscription, instant(call, subscription));
        }
    }

    private static long instant(Call call, ObjectNode subscription) {
        var given = call.text("cancel_at");
        if (given == null) {
            return 0;
        }
        if (given.equals("min_period_end")) {
            return Subscriptions.period(subscription).end();
        }
        if (given.startsWith("max_")) { // Nothing is billed further ahead than its period.
            return Subscriptions.items(subscription).stream()
                    .mapToLong(item -> Subscriptions.periodOf(item).end())
                    .max()
                    .orElseThrow();
        }
        long at = Long.parseLong(given);
        if (at <= call.tx().now()) {
            throw ApiException.invalid(null, "cancel_at must be in the future; to cancel now, delete it.", "cancel_at");
        }
        return at;
    }

    private static void cancelAt(Call call, ObjectNode subscription, long at) {
        var details = Json.child(subscription, "cancellation_details");
        if (at == 0) {
            subscription.putNull("cancel_at").putNull("canceled_at");
            details.putNull("reason");
        } else {
            subscription
                    .put("cancel_at", at)
                    .put("canceled_at", call.tx().now())
                    .put(Cancellation.PRORATES, !"none".equals(call.text("proration_behavior")));
            details.put("reason", "cancellation_requested");
        }
    }

    private static void writePause(Call call, ObjectNode subscription) {
        if (call.params().get("pause_collection") instanceof ObjectNode pause) {
            if (!pause.has("resumes_at")) {
                pause.putNull("resumes_at");
            }
            subscription.set("pause_collection", pause);
        } else if (call.params().has("pause_collection")) {
            subscription.putNull("pause_collection");
        }
    }

    void changeItems(Call call, ObjectNode subscription) {
        var params = Json.list(call.params(), "items");
        var data = (ArrayNode) Json.child(subscription, "items").get("data");
        for (int i = 0; i < params.size(); i++) {
            changeItem(call, subscription, data, (ObjectNode) params.get(i), "items[" + i + "]");
        }
    }

    private void changeItem(Call call, ObjectNode subscription, ArrayNode data, ObjectNode param, String path) {
        var id = Json.string(param, "id");
        if (id == null) {
            var item = items.create(call, param, path).put("subscription", Json.need(subscription, "id"));
            OwnTerms.writeItem(call, subscription, item, param, path);
            enterPeriod(call, subscription, item);
            data.add(item);
            return;
        }
        for (int i = 0; i < data.size(); i++) {
            if (id.equals(Json.string(data.get(i), "id"))) {
                if (Json.flag(param, "deleted")) {
                    data.remove(i);
                } else {
                    changeItem(call, subscription, (ObjectNode) data.get(i), param, path);
                }
                return;
            }
        }
        throw ApiException.noSuch("subscription_item", id, path + "[id]");
    }

    private void changeItem(Call call, ObjectNode subscription, ObjectNode item, ObjectNode param, String path) {
        var interval = Terms.interval(item);
        items.change(call, item, param, path);
        OwnTerms.writeItem(call, subscription, item, param, path);
        if (!interval.equals(Terms.interval(item))) {
            enterPeriod(call, subscription, item);
        }
    }

    /**
     * An item that is new, or billed at other intervals, joins the subscription's cycle; in a trial, the trial. At the very
     * end of a period, when its renewal is about to come, it joins that period and is renewed with it.
     */
    private static void enterPeriod(Call call, ObjectNode subscription, ObjectNode item) {
        var current = Subscriptions.period(subscription);
        boolean trial = "trialing".equals(Json.string(subscription, "status"));
        long instant = Math.min(call.tx().now(), current.end() - 1);
        Subscriptions.enterItem(
                item, trial ? current : Subscriptions.cycle(subscription, item).containing(instant));
    }
}
