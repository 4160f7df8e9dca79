package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Agenda;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Listing;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Schedules: what a subscription is to be, phase after phase. What happens in time is {@link ScheduleRun}'s. */
public final class Schedules {

    public static final ResourceType TYPE = new ResourceType(
            "subscription_schedule",
            "sub_sched",
            "/v1/subscription_schedules",
            "subscription schedule",
            "created",
            "customer",
            "status",
            "canceled_at",
            "completed_at",
            "released_at");

    private static final Set<String> HANDLED = Set.of(
            "billing_mode",
            "customer",
            "default_settings",
            "end_behavior",
            "from_subscription",
            "phases",
            "proration_behavior",
            "start_date");
    private static final Set<String> REFUSED = Set.of("customer_account");
    private static final Set<String> WITH_SUBSCRIPTION = Set.of("from_subscription", "metadata", "expand");

    private final Phases phases;
    private final ScheduleRun run;
    private final Fields fields;

    Schedules(Phases phases, ScheduleRun run, Fields fields) {
        this.phases = phases;
        this.run = run;
        this.fields = fields;
    }

    void register(Routes routes) {
        routes.on("POST /v1/subscription_schedules", this::create)
                .on("GET /v1/subscription_schedules", Schedules::list)
                .on("GET /v1/subscription_schedules/{schedule}", Reading.retrieve(TYPE))
                .on("POST /v1/subscription_schedules/{schedule}", this::update)
                .on("POST /v1/subscription_schedules/{schedule}/cancel", this::cancel)
                .on("POST /v1/subscription_schedules/{schedule}/release", this::release);
    }

    private static ObjectNode list(Call call) {
        var conditions = Listing.conditions(call, TYPE, Set.of("scheduled"));
        if (Json.flag(call.params(), "scheduled")) {
            conditions.add(Condition.is("status", "not_started"));
        }
        return Listing.page(call, TYPE, conditions, TYPE.path());
    }

    private ObjectNode create(Call call) {
        Terms.refuseClassic(call);
        var schedule = call.params().has("from_subscription") ? ofSubscription(call) : ofPhases(call);
        fields.take(call, TYPE, schedule, HANDLED, REFUSED);
        call.tx().create(TYPE, schedule, "subscription_schedule.created");
        return schedule;
    }

    private ObjectNode ofPhases(Call call) {
        var schedule = blank(Json.need(Customers.named(call), "id"));
        long now = call.tx().now();
        long start = Phases.instant(call.tx(), call.need("start_date"), "start_date");
        writeDefaults(call, schedule);
        schedule.set("phases", phases.read(call, start, Json.child(schedule, "default_settings")));
        writeEndBehavior(call, schedule);
        if (start > now) {
            return Agenda.plan(schedule.put("status", "not_started"), start);
        }
        run.start(call.tx(), schedule);
        return schedule;
    }

    /** Takes over a subscription as it is, for the period that it is in. */
    private ObjectNode ofSubscription(Call call) {
        call.params().propertyNames().stream()
                .filter(param -> !WITH_SUBSCRIPTION.contains(param))
                .findFirst()
                .ifPresent(param -> {
                    throw ApiException.exclusive("from_subscription", param);
                });
        var tx = call.tx();
        var subscription = tx.require(Subscriptions.TYPE, call.need("from_subscription"), "from_subscription");
        refuseUnlessFree(subscription);
        var schedule = blank(Json.need(subscription, "customer"));
        schedule.putArray("phases").add(Phases.ofSubscription(subscription));
        PhaseTerms.copyDefaults(subscription, Json.child(schedule, "default_settings"));
        schedule.put("end_behavior", Json.at(subscription, "cancel_at") == null ? "release" : "cancel");
        run.adopt(tx, schedule, subscription);
        return schedule;
    }

    private static void refuseUnlessFree(ObjectNode subscription) {
        var other = Json.string(subscription, "schedule");
        if (other != null) {
            throw ApiException.invalid(
                    null,
                    "You cannot migrate a subscription that is already attached to a schedule: " + other + ".",
                    "from_subscription");
        }
        if (!Appointment.LIVING.contains(Json.need(subscription, "status"))) {
            throw ApiException.invalid(
                    null,
                    "A subscription that is " + Json.need(subscription, "status") + " cannot be scheduled.",
                    "from_subscription");
        }
    }

    private static ObjectNode blank(String customer) {
        var schedule = Json.object()
                .put("id", Ids.next(TYPE.prefix()))
                .put("customer", customer)
                .put("end_behavior", "release");
        schedule.putObject("billing_mode")
                .put("type", "flexible")
                .putObject("flexible")
                .put("proration_discounts", "included");
        var defaults = schedule.putObject("default_settings")
                .put("billing_cycle_anchor", "automatic")
                .put("collection_method", "charge_automatically");
        defaults.putObject("invoice_settings").putObject("issuer").put("type", "self");
        schedule.putObject("metadata");
        return schedule;
    }

    private static void writeDefaults(Call call, ObjectNode schedule) {
        if (call.params().get("default_settings") instanceof ObjectNode given) {
            Phases.refuse(call, given, "default_settings");
            var defaults = Json.child(schedule, "default_settings");
            PhaseTerms.readWithDefault(call, given, defaults, "default_settings");
            var anchor = Json.string(given, "billing_cycle_anchor");
            if (anchor != null) {
                defaults.put("billing_cycle_anchor", anchor);
            }
        }
    }

    private static void writeEndBehavior(Call call, ObjectNode schedule) {
        var behavior = call.text("end_behavior");
        if (behavior == null) {
            return;
        }
        if (!Set.of("release", "cancel").contains(behavior)) {
            throw ApiException.invalid(
                    null, "end_behavior is release or cancel; got " + behavior + ".", "end_behavior");
        }
        schedule.put("end_behavior", behavior);
    }

    private ObjectNode update(Call call) {
        var before = requireLive(call, "update");
        var schedule = before.deepCopy();
        fields.take(call, TYPE, schedule, HANDLED, REFUSED);
        writeEndBehavior(call, schedule);
        writeDefaults(call, schedule);
        if (call.params().has("phases")) {
            schedule.set("phases", phases.read(call, begin(call, before), Json.child(schedule, "default_settings")));
        }
        call.tx().template().complete(TYPE.name(), schedule);
        run.revise(call, before, schedule);
        call.tx().saveChanged(TYPE, before, schedule, "subscription_schedule.updated");
        return schedule;
    }

    /** When the phases that are given begin: with the current one, for past ones can be left out. */
    private static long begin(Call call, ObjectNode schedule) {
        var current = Phases.at(schedule, call.tx().now());
        return current == null ? call.tx().now() : Json.number(current, "start_date", 0);
    }

    private ObjectNode cancel(Call call) {
        var schedule = requireLive(call, "cancel");
        var asked = Json.object()
                .put("invoice_now", !call.params().has("invoice_now") || Json.flag(call.params(), "invoice_now"))
                .put("prorate", !call.params().has("prorate") || Json.flag(call.params(), "prorate"));
        run.cancel(call.tx(), schedule, asked);
        return schedule;
    }

    private ObjectNode release(Call call) {
        var schedule = requireLive(call, "release");
        run.release(call.tx(), schedule, Json.flag(call.params(), "preserve_cancel_date"));
        return schedule;
    }

    private static ObjectNode requireLive(Call call, String what) {
        var schedule = call.tx().require(TYPE, call.id(), null);
        var status = Json.need(schedule, "status");
        if (!ScheduleRun.LIVE.contains(status)) {
            throw ApiException.invalid(
                    null,
                    "You cannot " + what + " a subscription schedule that is currently in the `" + status
                            + "` status. It" + " must be `not_started` or `active`.",
                    null);
        }
        return schedule;
    }
}
