package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.ClockSettings;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.invoice.Bill;
import io.drawdown.sandbox.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How a subscription begins. */
final class Creation {

    private static final Set<String> HANDLED = Set.of(
            ExtraItems.PARAM,
            Thresholds.PARAM,
            "backdate_start_date",
            "customer",
            "currency",
            "items",
            "automatic_tax",
            "billing_cycle_anchor",
            AnchorConfig.PARAM,
            "billing_mode",
            "cancel_at",
            "cancel_at_period_end",
            "collection_method",
            "days_until_due",
            "default_payment_method",
            "default_tax_rates",
            "discounts",
            "off_session",
            "payment_behavior",
            "proration_behavior",
            "trial_end",
            "trial_from_plan",
            "trial_period_days",
            "trial_settings");

    private final Subscriptions subscriptions;
    private final SubscriptionItems items;
    private final Fields fields;
    private final FirstPayment firstPayment;
    private final ExtraItems extras;
    private final ClockSettings clocks;

    Creation(
            Subscriptions subscriptions,
            SubscriptionItems items,
            Fields fields,
            FirstPayment firstPayment,
            ExtraItems extras,
            ClockSettings clocks) {
        this.clocks = clocks;
        this.extras = extras;
        this.subscriptions = subscriptions;
        this.items = items;
        this.fields = fields;
        this.firstPayment = firstPayment;
    }

    void register(Routes routes) {
        routes.on("POST /v1/subscriptions", this::create);
    }

    private ObjectNode create(Call call) {
        refusePendingUpdate(call);
        var subscription = agree(call);
        var bill = firstBill(call, subscription);
        store(call, subscription, firstPayment.statusBefore(call, bill));
        firstPayment.collect(call, bill);
        return subscription;
    }

    /** Begins one for a schedule: its first invoice is a draft for an hour, as that of a renewal is. */
    ObjectNode start(Call call, String schedule) {
        var subscription = agree(call).put("schedule", schedule);
        var bill = firstBill(call, subscription);
        store(call, subscription, Json.at(subscription, "trial_end") == null ? "active" : "trialing");
        firstPayment.leaveDraft(call, bill);
        return subscription;
    }

    private void store(Call call, ObjectNode subscription, String status) {
        var tx = call.tx();
        tx.create(Subscriptions.TYPE, subscription.put("status", status), null);
        subscriptions.save(tx, subscription);
        tx.emit("customer.subscription.created", subscription);
        Trials.warnIfDue(tx, subscriptions, subscription);
        extras.add(call, subscription);
    }

    /** Everything about it but its time. */
    private ObjectNode agree(Call call) {
        var tx = call.tx();
        Terms.refuseClassic(call);
        var customer = Customers.named(call);
        Terms.refuseTooMany(tx, customer, subscriptions.settings().perCustomer(), clocks);
        var subscription = blank(tx, customer);
        addItems(call, subscription);
        subscription.put("currency", currency(call, subscription, customer));
        Terms.check(subscription);
        writeItemTerms(call, subscription);
        fields.take(call, Subscriptions.TYPE, subscription, HANDLED, Changes.REFUSED);
        Changes.writeTerms(call, subscription);
        writeAnchor(call, subscription);
        writeStart(call, subscription);
        return subscription;
    }

    private static void refusePendingUpdate(Call call) {
        if ("pending_if_incomplete".equals(call.text("payment_behavior"))) {
            throw ApiException.invalid(
                    null,
                    "payment_behavior=pending_if_incomplete is for updates: a new subscription cannot wait for its"
                            + " payment in that way.",
                    "payment_behavior");
        }
    }

    private static void writeAnchor(Call call, ObjectNode subscription) {
        if (call.params().get(AnchorConfig.PARAM) instanceof ObjectNode config) {
            AnchorConfig.write(call, subscription, config);
            return;
        }
        long now = call.tx().now();
        long anchor = Json.number(call.params(), "billing_cycle_anchor", now);
        if (anchor < now || anchor > Subscriptions.cycle(subscription).boundary(1)) {
            throw ApiException.invalid(
                    null,
                    "billing_cycle_anchor must lie between now and the next natural billing date.",
                    "billing_cycle_anchor");
        }
        subscription.put("billing_cycle_anchor", anchor);
    }

    private static void writeStart(Call call, ObjectNode subscription) {
        long now = call.tx().now();
        long start = Json.number(call.params(), "backdate_start_date", now);
        if (start < 0 || start > now) {
            throw ApiException.invalid(null, "backdate_start_date lies in the past.", "backdate_start_date");
        }
        subscription.put("start_date", start);
    }

    private static ObjectNode blank(Transaction tx, ObjectNode customer) {
        var id = Ids.next(Subscriptions.TYPE.prefix());
        var subscription = Json.object()
                .put("id", id)
                .put("object", Subscriptions.TYPE.name())
                .put("billing_cycle_anchor", tx.now())
                .put("cancel_at_period_end", false)
                .put("collection_method", "charge_automatically")
                .put("created", tx.now())
                .put("customer", Json.need(customer, "id"))
                .put("start_date", tx.now())
                .put("test_clock", tx.moment().clock())
                .putNull("_trialWarned");
        subscription
                .putObject("automatic_tax")
                .put("enabled", false)
                .putNull("disabled_reason")
                .putNull("liability");
        subscription
                .putObject("billing_mode")
                .put("type", "flexible")
                .putObject("flexible")
                .put("proration_discounts", "included");
        subscription
                .putObject("cancellation_details")
                .putNull("comment")
                .putNull("feedback")
                .putNull("reason");
        subscription
                .putObject("invoice_settings")
                .putNull("account_tax_ids")
                .putObject("issuer")
                .put("type", "self");
        subscription.putObject("metadata");
        subscription.putObject("payment_settings").put("save_default_payment_method", "off");
        subscription
                .putObject("trial_settings")
                .putObject("end_behavior")
                .put("missing_payment_method", "create_invoice");
        subscription
                .putObject("items")
                .put("object", "list")
                .put("has_more", false)
                .put("url", "/v1/subscription_items?subscription=" + id)
                .putArray("data");
        List.of("discounts", "default_tax_rates", "billing_schedules").forEach(subscription::putArray);
        return subscription;
    }

    private void addItems(Call call, ObjectNode subscription) {
        var params = Json.list(call.params(), "items");
        if (params.isEmpty()) {
            throw ApiException.missing("items");
        }
        var data = (ArrayNode) Json.child(subscription, "items").get("data");
        for (int i = 0; i < params.size(); i++) {
            var item = items.create(call, (ObjectNode) params.get(i), "items[" + i + "]");
            data.add(item.put("subscription", Json.need(subscription, "id")));
        }
    }

    private static void writeItemTerms(Call call, ObjectNode subscription) {
        var params = Json.list(call.params(), "items");
        var items = Subscriptions.items(subscription);
        for (int i = 0; i < params.size(); i++) {
            OwnTerms.writeItem(call, subscription, items.get(i), (ObjectNode) params.get(i), "items[" + i + "]");
        }
    }

    private static String currency(Call call, ObjectNode subscription, ObjectNode customer) {
        var currency = Json.need(Subscriptions.items(subscription).getFirst(), "price.currency");
        var given = call.text("currency");
        if (given != null && !given.toLowerCase(Locale.ROOT).equals(currency)) {
            throw ApiException.invalid(null, "The price is in " + currency + ", not in " + given + ".", "currency");
        }
        var usual = Json.string(customer, "currency");
        if (usual != null && !usual.equals(currency)) {
            throw ApiException.invalid(
                    null,
                    "You cannot combine currencies on a single customer. This customer has been billed in " + usual
                            + "; the subscription would be in " + currency + ".",
                    "currency");
        }
        return currency;
    }

    /** Sets the first period: the trial, or what is left until the first billing. */
    private static void begin(Call call, ObjectNode subscription) {
        long now = call.tx().now();
        long trialEnd = Trials.endOf(call, subscription, now);
        if (trialEnd > now) {
            Trials.begin(subscription, now, trialEnd);
        } else {
            Subscriptions.enterAt(subscription, now);
        }
        Changes.writeCancellation(call, subscription);
    }

    /** What it would first be billed; nothing of it is stored. */
    Bill firstBill(Call call) {
        var subscription = agree(call);
        var bill = firstBill(call, subscription);
        call.tx().template().complete(Subscriptions.TYPE.name(), subscription);
        return bill;
    }

    private static Bill firstBill(Call call, ObjectNode subscription) {
        begin(call, subscription);
        var bill = bill(call, subscription, Ids.next("in"));
        subscription.put("latest_invoice", bill.id());
        return bill;
    }

    private static Bill bill(Call call, ObjectNode subscription, String invoice) {
        var tx = call.tx();
        boolean trial = Json.at(subscription, "trial_end") != null;
        boolean prorates = !"none".equals(call.text("proration_behavior"));
        boolean partly = Subscriptions.cycle(subscription).containing(tx.now()).start() < tx.now();
        var lines = new ArrayList<>(prorates ? Lines.elapsed(tx, subscription, tx.now()) : List.of());
        lines.addAll(
                trial
                        ? Lines.free(tx, subscription, Subscriptions.period(subscription), "Trial period for ")
                        : partly && !prorates ? List.of() : Lines.inAdvance(tx, subscription, tx.now()));
        var shown = lines.isEmpty() ? Lines.free(tx, subscription, new Period(tx.now(), tx.now()), "") : lines;
        return new Bill(
                invoice,
                subscription,
                "subscription_create",
                Json.number(subscription, "start_date", tx.now()),
                tx.now(),
                shown,
                List.of(),
                sends(subscription) || Json.at(subscription, "schedule") != null);
    }

    /** What is charged at once is not tried again by itself: the subscription waits for its first payment. */
    private static boolean sends(ObjectNode subscription) {
        return "send_invoice".equals(Json.string(subscription, "collection_method"));
    }
}
