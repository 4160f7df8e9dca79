package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Trials: time that costs nothing before the first billing. */
final class Trials {

    private static final long DAY = 24 * 3600;
    private static final long MAX_DAYS = 730;

    private Trials() {}

    /** When the trial that the parameters ask for ends, in seconds; now when they ask for none. */
    static long endOf(Call call, ObjectNode subscription, long now) {
        var end = call.text("trial_end");
        var days = call.text("trial_period_days");
        if (end != null && days != null) {
            throw ApiException.exclusive("trial_end", "trial_period_days");
        }
        if (end != null) {
            return checked(end.equals("now") ? now : Long.parseLong(end), now, "trial_end", end.equals("now"));
        }
        if (days != null) {
            return checked(now + Long.parseLong(days) * DAY, now, "trial_period_days", false);
        }
        var usual = Json.number(Subscriptions.items(subscription).getFirst(), "price.recurring.trial_period_days", 0);
        return Json.flag(call.params(), "trial_from_plan") ? now + usual * DAY : now;
    }

    private static long checked(long end, long now, String param, boolean ends) {
        if (!ends && (end <= now || end > now + MAX_DAYS * DAY)) {
            throw ApiException.invalid(
                    null, "Invalid " + param + ": a trial ends in the future, at most two years from now.", param);
        }
        return end;
    }

    /** Puts the subscription into a trial; it is first billed when that ends. */
    static void begin(ObjectNode subscription, long now, long end) {
        subscription
                .put("status", "trialing")
                .put("trial_start", Json.number(subscription, "trial_start", now))
                .put("trial_end", end);
        Subscriptions.anchorAt(subscription, end);
        Subscriptions.enter(subscription, new Period(now, end));
    }

    /** Says that the trial will end when there are no more than three days left of it, or when it is ended early. */
    static void warnIfDue(Transaction tx, Subscriptions subscriptions, ObjectNode subscription) {
        long at = Appointment.WARN_OF_TRIAL_END.at(subscription, subscriptions.settings());
        if (at <= tx.now() || isEndedEarly(subscription, tx.now())) {
            warn(tx, subscriptions, subscription);
        }
    }

    private static boolean isEndedEarly(ObjectNode subscription, long now) {
        return "active".equals(Json.string(subscription, "status"))
                && Json.number(subscription, "trial_end", 0) == now
                && !Json.flag(subscription, "_trialWarned");
    }

    /** Says that the trial will end, and not again. */
    static void warn(Transaction tx, Subscriptions subscriptions, ObjectNode subscription) {
        subscriptions.save(tx, subscription.put("_trialWarned", true));
        tx.emit("customer.subscription.trial_will_end", subscription);
    }
}
