package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.json.Json;
import java.util.Set;
import java.util.function.ToLongBiFunction;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happens to a subscription by itself, and when. Of two at the same instant the one that is declared first comes
 * first: what is canceled at the end of its period is not renewed.
 */
enum Appointment {

    /** The first invoice was not paid for 23 hours. */
    EXPIRE((subscription, _) -> is(subscription, "incomplete")
            ? Json.number(subscription, "created", 0) + 23 * Appointment.HOUR
            : Appointment.NEVER),

    /** An update that waits for its payment was not paid for 23 hours. */
    DROP_PENDING_UPDATE((subscription, _) -> Json.number(subscription, "pending_update.expires_at", Appointment.NEVER)),

    /** The customer is told three days before that the trial ends, or at once when it is shorter. */
    WARN_OF_TRIAL_END((subscription, _) -> is(subscription, "trialing") && !Json.flag(subscription, "_trialWarned")
            ? Json.number(subscription, "trial_end", 0) - 3 * Appointment.DAY
            : Appointment.NEVER),

    /** Says what the next invoice will be. */
    ANNOUNCE_INVOICE((subscription, settings) -> renews(subscription) && !isAnnounced(subscription)
            ? periodEnd(subscription) - settings.upcomingBefore().toSeconds()
            : Appointment.NEVER),

    /** A pause of collection ends. */
    RESUME_COLLECTION((subscription, _) -> Json.number(subscription, "pause_collection.resumes_at", Appointment.NEVER)),

    /** It was to be canceled now. */
    CANCEL((subscription, _) ->
            lives(subscription) ? Json.number(subscription, "cancel_at", Appointment.NEVER) : Appointment.NEVER),

    /** The period ends, or the trial, and another begins. */
    RENEW((subscription, _) -> lives(subscription) ? periodEnd(subscription) : Appointment.NEVER),
    /** It is time to look whether what has been used comes to its threshold. */
    LOOK_AT_USAGE((subscription, _) -> Thresholds.nextLook(subscription));

    /** The time of what is not to happen. */
    static final long NEVER = Long.MAX_VALUE;

    private static final long HOUR = 3600;
    private static final long DAY = 24 * HOUR;
    /** In these states periods follow one another. */
    static final Set<String> LIVING = Set.of("active", "trialing", "past_due", "unpaid");

    private final ToLongBiFunction<ObjectNode, SubscriptionSettings> time;

    Appointment(ToLongBiFunction<ObjectNode, SubscriptionSettings> time) {
        this.time = time;
    }

    /** When it is to happen, in seconds; that may be in the past, or {@link #NEVER}. */
    long at(ObjectNode subscription, SubscriptionSettings settings) {
        return time.applyAsLong(subscription, settings);
    }

    /** The earliest; it may be one that never is. */
    static Appointment next(ObjectNode subscription, SubscriptionSettings settings) {
        var next = values()[0];
        for (Appointment each : values()) {
            next = each.at(subscription, settings) < next.at(subscription, settings) ? each : next;
        }
        return next;
    }

    private static boolean is(ObjectNode subscription, String status) {
        return status.equals(Json.string(subscription, "status"));
    }

    private static boolean lives(ObjectNode subscription) {
        return LIVING.contains(Json.need(subscription, "status"));
    }

    private static boolean renews(ObjectNode subscription) {
        return lives(subscription) && Json.number(subscription, "cancel_at", NEVER) > periodEnd(subscription);
    }

    private static boolean isAnnounced(ObjectNode subscription) {
        return Json.number(subscription, "_announced", 0) == periodEnd(subscription);
    }

    private static long periodEnd(ObjectNode subscription) {
        return Json.number(subscription, "_periodEnd", 0);
    }
}
