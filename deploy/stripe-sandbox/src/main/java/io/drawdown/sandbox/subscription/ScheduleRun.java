package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Agenda;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Reactions;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A schedule in time: {@code not_started → active → completed | released | canceled}.
 *
 * <p>A phase begins by the very calls that a client would make to bring its subscription there. One that is refused by then,
 * because its price is archived, releases the subscription as it is.
 */
final class ScheduleRun {

    /** In these states there is more to come. */
    static final Set<String> LIVE = Set.of("not_started", "active");

    private static final long WEEK = 7 * 24 * 3600;

    private final Subscriptions subscriptions;
    private final Creation creation;
    private final Changes changes;
    private final Cancellation cancellation;

    ScheduleRun(Subscriptions subscriptions, Creation creation, Changes changes, Cancellation cancellation) {
        this.subscriptions = subscriptions;
        this.creation = creation;
        this.changes = changes;
        this.cancellation = cancellation;
    }

    void register(Agenda agenda) {
        agenda.when(Schedules.TYPE, this::advance);
    }

    static void register(Reactions reactions) {
        reactions.on("customer.subscription.deleted", ScheduleRun::subscriptionEnded);
    }

    /** Begins the subscription with the phase that it is time for. */
    void start(Transaction tx, ObjectNode schedule) {
        var phase = current(schedule, tx.now());
        var params = Phases.params(schedule, phase, tx.now()).put("customer", Json.need(schedule, "customer"));
        if (Json.number(phase, "start_date", 0) < tx.now()) {
            params.put("backdate_start_date", Json.number(phase, "start_date", 0));
        }
        var call = new Call(tx, "POST /v1/subscriptions", Map.of(), params);
        var subscription = creation.start(call, Json.need(schedule, "id"));
        schedule.put("status", "active").put("subscription", Json.need(subscription, "id"));
        enter(tx, schedule, phase);
    }

    /** Takes over a subscription, which stays as it is. */
    void adopt(Transaction tx, ObjectNode schedule, ObjectNode before) {
        var subscription = before.deepCopy().put("schedule", Json.need(schedule, "id"));
        subscriptions.saveChanged(tx, before, subscription);
        schedule.put("status", "active").put("subscription", Json.need(subscription, "id"));
        enter(tx, schedule, current(schedule, tx.now()));
    }

    private static ObjectNode current(ObjectNode schedule, long instant) {
        var phase = Phases.at(schedule, instant);
        if (phase == null) {
            throw new IllegalStateException("A live schedule has a phase: " + Json.need(schedule, "id"));
        }
        return phase;
    }

    /** Notes the phase, and what comes next. The schedule is still to be stored. */
    private void enter(Transaction tx, ObjectNode schedule, ObjectNode phase) {
        schedule.putObject("current_phase")
                .put("end_date", Json.number(phase, "end_date", 0))
                .put("start_date", Json.number(phase, "start_date", 0));
        plan(tx, schedule, phase);
        bindEnd(tx, schedule, phase);
    }

    private static void plan(Transaction tx, ObjectNode schedule, ObjectNode phase) {
        long warning = Phases.end(schedule) - WEEK;
        boolean warned = Json.number(schedule, "_warned", 0) == Phases.end(schedule);
        long end = Json.number(phase, "end_date", 0);
        boolean warnFirst = !warned && warning > tx.now() && warning < end;
        Agenda.plan(schedule, warnFirst ? warning : end);
    }

    /** In its last phase a subscription knows whether it ends with it. */
    private void bindEnd(Transaction tx, ObjectNode schedule, ObjectNode phase) {
        boolean ends = Phases.isLast(schedule, phase) && "cancel".equals(Json.string(schedule, "end_behavior"));
        var before = tx.require(Subscriptions.TYPE, Json.need(schedule, "subscription"), null);
        var subscription = before.deepCopy().put("cancel_at_period_end", false);
        if (ends) {
            subscription.put("cancel_at", Phases.end(schedule));
        } else {
            subscription.putNull("cancel_at").putNull("canceled_at");
        }
        subscriptions.saveChanged(tx, before, subscription);
    }

    private void advance(Transaction tx, ObjectNode schedule) {
        var before = schedule.deepCopy();
        try {
            step(tx, before, schedule);
        } catch (ApiException refusal) {
            tx.undo();
            release(tx, before, false);
        }
    }

    private void step(Transaction tx, ObjectNode before, ObjectNode schedule) {
        if ("not_started".equals(Json.string(schedule, "status"))) {
            start(tx, schedule);
        } else if (Json.number(schedule, "current_phase.end_date", 0) > tx.now()) {
            warn(tx, schedule);
            return;
        } else if (Phases.at(schedule, tx.now()) == null) {
            finish(tx, schedule);
            return;
        } else {
            change(tx, schedule, null, null);
        }
        tx.saveChanged(Schedules.TYPE, before, schedule, "subscription_schedule.updated");
    }

    private static void warn(Transaction tx, ObjectNode schedule) {
        plan(tx, schedule.put("_warned", Phases.end(schedule)), current(schedule, tx.now()));
        tx.save(Schedules.TYPE, schedule);
        tx.emit("subscription_schedule.expiring", schedule);
    }

    private void finish(Transaction tx, ObjectNode schedule) {
        if ("release".equals(Json.string(schedule, "end_behavior"))) {
            release(tx, schedule, false);
            return;
        }
        schedule.put("status", "completed").put("completed_at", tx.now()).putNull("current_phase");
        tx.save(Schedules.TYPE, schedule);
        tx.emit("subscription_schedule.completed", schedule);
        cancellation.endOfPeriod(tx, tx.require(Subscriptions.TYPE, Json.need(schedule, "subscription"), null));
    }

    /**
     * Brings the subscription to what the current phase says.
     *
     * @param former the phase as it was, when a request has changed it; null when the phase begins
     * @param proration the behavior that the request has; null for the phase's own
     */
    private void change(Transaction tx, ObjectNode schedule, @Nullable ObjectNode former, @Nullable String proration) {
        var phase = current(schedule, tx.now());
        var id = Json.need(schedule, "subscription");
        var params = Phases.params(schedule, phase, tx.now())
                .put("proration_behavior", proration == null ? Json.need(phase, "proration_behavior") : proration);
        if (former == null) {
            startAnchor(schedule, phase, params);
        } else {
            PhaseTerms.keepWhatIsGiven(phase, former, params);
        }
        matchItems(tx.require(Subscriptions.TYPE, id, null), (ArrayNode) params.get("items"));
        changes.update(new Call(tx, "POST /v1/subscriptions", Map.of("subscription", id), params));
        enter(tx, schedule, phase);
    }

    private static void startAnchor(ObjectNode schedule, ObjectNode phase, ObjectNode params) {
        var own = Json.string(phase, "billing_cycle_anchor");
        var anchor = own == null ? Json.string(schedule, "default_settings.billing_cycle_anchor") : own;
        if ("phase_start".equals(anchor)) {
            params.put("billing_cycle_anchor", "now");
        }
    }

    /** Items whose price stays are changed, those whose price is gone are deleted. */
    private static void matchItems(ObjectNode subscription, ArrayNode params) {
        var ids = new HashMap<String, String>();
        Subscriptions.items(subscription).forEach(item -> ids.put(Json.need(item, "price.id"), Json.need(item, "id")));
        params.forEach(param -> {
            var id = ids.remove(Json.need(param, "price"));
            if (id != null) {
                ((ObjectNode) param).put("id", id);
            }
        });
        ids.values().forEach(id -> params.addObject().put("id", id).put("deleted", true));
    }

    /** After a change by request: the phase that it is time for now counts. The schedule is still to be stored. */
    void revise(Call call, ObjectNode before, ObjectNode schedule) {
        var tx = call.tx();
        if ("not_started".equals(Json.string(before, "status"))) {
            Agenda.plan(schedule, Math.max(tx.now(), Json.number(current(schedule, 0), "start_date", 0)));
            return;
        }
        var phase = current(schedule, tx.now());
        if (Json.number(phase, "start_date", 0) > tx.now()) {
            throw ApiException.invalid(null, "The first phase is the current one, or an earlier one.", "phases");
        }
        var former = Phases.at(before, tx.now());
        if (phase.equals(former) && schedule.path("default_settings").equals(before.path("default_settings"))) {
            enter(tx, schedule, phase);
        } else {
            change(tx, schedule, begins(phase, former) ? null : former, proration(call));
        }
    }

    private static boolean begins(ObjectNode phase, @Nullable ObjectNode former) {
        return former == null || Json.number(former, "start_date", 0) != Json.number(phase, "start_date", 0);
    }

    private static String proration(Call call) {
        var given = call.text("proration_behavior");
        return given == null ? "create_prorations" : given;
    }

    /** Lets the subscription go on by itself. */
    void release(Transaction tx, ObjectNode schedule, boolean keepEnd) {
        var id = Json.string(schedule, "subscription");
        if (id != null) {
            letGo(tx, tx.require(Subscriptions.TYPE, id, null), keepEnd);
        }
        schedule.put("status", "released")
                .put("released_at", tx.now())
                .put("released_subscription", id)
                .putNull("subscription")
                .putNull("current_phase");
        tx.save(Schedules.TYPE, Agenda.cancel(schedule));
        tx.emit("subscription_schedule.released", schedule);
    }

    private void letGo(Transaction tx, ObjectNode before, boolean keepEnd) {
        var subscription = before.deepCopy().putNull("schedule");
        if (!keepEnd) {
            subscription.putNull("cancel_at").putNull("canceled_at");
        }
        subscriptions.saveChanged(tx, before, subscription);
    }

    /** Ends the schedule, and its subscription as a request with these parameters would. */
    void cancel(Transaction tx, ObjectNode schedule, ObjectNode params) {
        var id = Json.string(schedule, "subscription");
        end(tx, schedule, "subscription_schedule.canceled");
        if (id != null) {
            cancellation.cancel(new Call(tx, "DELETE /v1/subscriptions", Map.of("subscription", id), params));
        }
    }

    private static void end(Transaction tx, ObjectNode schedule, String event) {
        schedule.put("status", "canceled").put("canceled_at", tx.now()).putNull("current_phase");
        tx.save(Schedules.TYPE, Agenda.cancel(schedule));
        tx.emit(event, schedule);
    }

    /** A schedule does not outlive its subscription. */
    private static void subscriptionEnded(Transaction tx, ObjectNode subscription) {
        var id = Json.string(subscription, "schedule");
        var schedule = id == null ? null : tx.find(Schedules.TYPE, id);
        if (schedule != null && LIVE.contains(Json.need(schedule, "status"))) {
            boolean unpaid = "payment_failed".equals(Json.string(subscription, "cancellation_details.reason"));
            end(tx, schedule, "subscription_schedule." + (unpaid ? "aborted" : "canceled"));
        }
    }
}
