package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Agenda;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Listing;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import io.drawdown.sandbox.store.Due;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Subscriptions as they are stored, read and listed. */
public final class Subscriptions {

    public static final ResourceType TYPE = new ResourceType(
            "subscription",
            "sub",
            "/v1/subscriptions",
            "subscription",
            "created",
            "customer",
            "status",
            "collection_method",
            "test_clock",
            "_listed",
            "_prices",
            "_periodStart",
            "_periodEnd");

    /** In these states it is for ever. */
    static final Set<String> ENDED = Set.of("canceled", "incomplete_expired");

    private static final Set<String> LISTED_BY =
            Set.of("status", "price", "plan", "current_period_start", "current_period_end", "automatic_tax");

    private final SubscriptionSettings settings;

    public Subscriptions(SubscriptionSettings settings) {
        this.settings = settings;
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("GET /v1/subscriptions", Subscriptions::list)
                .on("GET /v1/subscriptions/{subscription_exposed_id}", Reading.retrieve(TYPE));
    }

    SubscriptionSettings settings() {
        return settings;
    }

    /** Stores one that has changed, if it has, and says so. */
    void saveChanged(Transaction tx, ObjectNode before, ObjectNode subscription) {
        save(tx, subscription);
        tx.emitChanged(before, subscription, "customer.subscription.updated");
    }

    /** Stores it and its items with the time at which it is next due. */
    void save(Transaction tx, ObjectNode subscription) {
        long next = Appointment.next(subscription, settings).at(subscription, settings);
        if (next == Appointment.NEVER) {
            Agenda.cancel(subscription);
        } else {
            Agenda.plan(subscription, Math.max(next, tx.now()));
        }
        subscription
                .put("_prices", prices(subscription))
                .put("_listed", Json.string(subscription, "test_clock") == null);
        tx.save(TYPE, subscription);
        items(subscription).forEach(item -> tx.save(SubscriptionItems.TYPE, item.deepCopy()));
    }

    private static String prices(ObjectNode subscription) {
        return String.join(
                " ",
                items(subscription).stream()
                        .map(item -> Json.need(item, "price.id"))
                        .toList());
    }

    /** Its items, to be changed in place. */
    static List<ObjectNode> items(JsonNode subscription) {
        return Json.list(subscription, "items.data")
                .valueStream()
                .map(ObjectNode.class::cast)
                .toList();
    }

    /** The period that it is in: that of the item that is billed next. */
    static Period period(ObjectNode subscription) {
        return new Period(Json.number(subscription, "_periodStart", 0), Json.number(subscription, "_periodEnd", 0));
    }

    /** The period that an item is in. */
    static Period periodOf(ObjectNode item) {
        return new Period(Json.number(item, "current_period_start", 0), Json.number(item, "current_period_end", 0));
    }

    /** Puts all its items into the same period. */
    static void enter(ObjectNode subscription, Period period) {
        items(subscription).forEach(item -> enterItem(item, period));
        notePeriod(subscription);
    }

    /** Puts each item into its own period that an instant lies in, without what of that is over. */
    static void enterAt(ObjectNode subscription, long instant) {
        items(subscription)
                .forEach(item -> enterItem(
                        item, cycle(subscription, item).containing(instant).from(instant)));
        notePeriod(subscription);
    }

    /** Puts the items whose period ends at an instant into their next one. */
    static void enterNext(ObjectNode subscription, long instant) {
        items(subscription).stream()
                .filter(item -> periodOf(item).end() <= instant)
                .forEach(item -> enterItem(item, cycle(subscription, item).containing(instant)));
        notePeriod(subscription);
    }

    static void enterItem(ObjectNode item, Period period) {
        item.put("current_period_start", period.start()).put("current_period_end", period.end());
    }

    /** Looks up again which item is billed next, after its items have changed. */
    static void notePeriod(ObjectNode subscription) {
        var next = items(subscription).stream()
                .map(Subscriptions::periodOf)
                .min(Comparator.comparingLong(Period::end).thenComparing(Period::start, Comparator.reverseOrder()))
                .orElseThrow();
        subscription.put("_periodStart", next.start()).put("_periodEnd", next.end());
    }

    /** When it is billed, which is as often as its shortest interval says. */
    static Cycle cycle(ObjectNode subscription) {
        return items(subscription).stream()
                .map(item -> cycle(subscription, item))
                .min(Comparator.comparingLong(cycle -> cycle.boundary(1)))
                .orElseThrow();
    }

    /** When an item of it is billed. */
    static Cycle cycle(ObjectNode subscription, ObjectNode item) {
        var cycle = Cycle.of(Json.number(subscription, "billing_cycle_anchor", 0), Json.child(item, "price"));
        var day = AnchorConfig.dayOfMonth(subscription);
        return day == null ? cycle : cycle.onDay(day);
    }

    /** Gives it an anchor of its own, in place of that or of the day of the month that it had. */
    static ObjectNode anchorAt(ObjectNode subscription, long instant) {
        return subscription.put("billing_cycle_anchor", instant).putNull(AnchorConfig.PARAM);
    }

    /** Whether its items have been billed, so that what is taken away of them is given back. */
    static boolean isPaidFor(ObjectNode subscription) {
        return !Set.of("trialing", "incomplete", "paused").contains(Json.need(subscription, "status"));
    }

    static boolean isMetered(JsonNode item) {
        return "metered".equals(Json.string(item, "price.recurring.usage_type"));
    }

    /** The customer's that have not ended, as the list that a customer can be expanded with. */
    public static JsonNode of(Transaction tx, ObjectNode customer) {
        var id = Json.need(customer, "id");
        var living = tx.work()
                .all(
                        TYPE.name(),
                        Condition.is("customer", id),
                        Condition.that("status", status -> !ENDED.contains(status)));
        return Listing.list(living, false, "/v1/customers/" + id + "/subscriptions");
    }

    /** How far a test clock may be advanced at once: two intervals of its shortest subscription, or two years. */
    public static long reach(Transaction tx, String clock, long from) {
        return tx.work().all(TYPE.name(), Condition.is(Due.CLOCK, clock)).stream()
                .filter(subscription -> !ENDED.contains(Json.need(subscription, "status")))
                .flatMap(subscription -> items(subscription).stream())
                .mapToLong(item -> Cycle.of(from, Json.child(item, "price")).boundary(2))
                .min()
                .orElse(new Cycle(from, ChronoUnit.YEARS, 1).boundary(2));
    }

    private static ObjectNode list(Call call) {
        var conditions = Listing.conditions(call, TYPE, LISTED_BY);
        conditions.add(byStatus(call.text("status")));
        if (!call.params().has("test_clock") && !call.params().has("customer")) {
            conditions.add(Condition.is("_listed", "true"));
        }
        for (String param : List.of("price", "plan")) {
            var price = call.text(param);
            if (price != null) {
                conditions.add(Condition.that(
                        "_prices", prices -> List.of(prices.split(" ")).contains(price)));
            }
        }
        addRange(call, "current_period_start", "_periodStart", conditions);
        addRange(call, "current_period_end", "_periodEnd", conditions);
        if (call.params().has("automatic_tax")) {
            throw ApiException.notCovered("automatic_tax", call.operation());
        }
        return Listing.page(call, TYPE, conditions, TYPE.path());
    }

    private static void addRange(Call call, String param, String key, List<Condition> conditions) {
        var range = Json.at(call.params(), param);
        if (range != null) {
            conditions.add(Listing.condition(key, range));
        }
    }

    private static Condition byStatus(@Nullable String status) {
        return switch (status) {
            case null -> Condition.that("status", each -> !each.equals("canceled"));
            case "all" -> Condition.that("status", _ -> true);
            case "ended" -> Condition.that("status", ENDED::contains);
            default -> Condition.is("status", status);
        };
    }
}
