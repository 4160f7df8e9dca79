package io.drawdown.sandbox.meter;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes usage events and cancellations in, whichever way they come. */
final class Intake {

    private static final Set<String> NOT_FOUND = Set.of("no_meter", "archived_meter", "meter_event_customer_not_found");

    private final MeterSettings settings;
    private final InstantSource realTime;

    Intake(MeterSettings settings, InstantSource realTime) {
        this.settings = settings;
        this.realTime = realTime;
    }

    /**
     * Refuses an event whose identifier is taken and, unless told to do so later, one that cannot count.
     *
     * @param param how a refusal names the parameter at fault
     */
    void accept(Transaction tx, MeterEvent event, Function<Verdict.Fault, String> param) {
        if (MeterEventLog.holder(tx, event.identifier()) != null) {
            throw ApiException.invalid(
                    null,
                    "An event already exists with identifier " + event.identifier() + ": identifiers are unique for 24 "
                            + "hours.",
                    "identifier");
        }
        if (settings.validatedAtOnce()) {
            MeterEventLog.accept(tx, event, good(tx, event, param), dueMillis());
        } else {
            MeterEventLog.accept(tx, event, dueMillis());
        }
    }

    private static Verdict.Good good(Transaction tx, MeterEvent event, Function<Verdict.Fault, String> param) {
        return switch (MeterRules.judge(tx, event)) {
            case Verdict.Good good -> good;
            case Verdict.Fault fault ->
                throw ApiException.invalid(
                        NOT_FOUND.contains(fault.code()) ? "resource_missing" : null,
                        fault.message(),
                        param.apply(fault));
        };
    }

    /** Takes whatever comes; of two events with one identifier the first holds, and nobody is told. */
    void acceptUnseen(Transaction tx, MeterEvent event) {
        if (MeterEventLog.holder(tx, event.identifier()) == null) {
            MeterEventLog.accept(tx, event, dueMillis());
        }
    }

    /**
     * Cancels an event of the last 24 hours.
     *
     * @param param the parameter that holds the identifier
     */
    void cancel(Transaction tx, String eventName, @Nullable String identifier, String param) {
        if (identifier == null) {
            throw ApiException.missing(param);
        }
        var holder = MeterEventLog.holder(tx, identifier);
        if (holder == null || !eventName.equals(MeterEventLog.eventNameOf(tx, holder))) {
            throw ApiException.invalid(
                    "resource_missing",
                    "No event named '" + eventName + "' with identifier '" + identifier
                            + "' was received in the last 24 hours: only such events can be cancelled.",
                    param);
        }
        if (Json.flag(holder, "cancelled")) {
            throw ApiException.invalid(
                    null, "The event with identifier '" + identifier + "' is cancelled already.", param);
        }
        MeterEventLog.cancel(tx, identifier, holder, dueMillis());
    }

    private long dueMillis() {
        return realTime.millis() + settings.processingDelay().toMillis();
    }
}
