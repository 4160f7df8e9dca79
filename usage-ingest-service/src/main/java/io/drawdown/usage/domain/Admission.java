package io.drawdown.usage.domain;

import io.drawdown.usage.domain.KnownMeter.Counting;
import io.drawdown.usage.domain.Verdict.Accepted;
import io.drawdown.usage.domain.Verdict.Refused;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges events: the same rules for HTTP's immediate answer and for the gate's final one. */
public final class Admission {

    private static final String ONE = "1";
    private final Directory directory;
    private final AcceptanceWindow window;

    public Admission(Directory directory, AcceptanceWindow window) {
        this.directory = directory;
        this.window = window;
    }

    /** @param arrivedAt when the event was stored in the log or, before that, now */
    public Verdict judge(Usage usage, Instant arrivedAt) {
        var malformed = UsageForm.refusalOf(usage);
        if (malformed != null) {
            return malformed;
        }
        var account = directory.account(usage.subject());
        if (account == null) {
            return ofNobody(usage, arrivedAt);
        }
        if (account.closed()) {
            return closed(account);
        }
        var meter = directory.meter(usage.type());
        if (meter == null) {
            return unknownMeter(usage);
        }
        var refusal = refusalBy(meter);
        return refusal != null ? refusal : measure(usage, account, meter, arrivedAt);
    }

    /** @return whom a subject names at this moment; null when nobody */
    public @Nullable KnownAccount account(String subject) {
        return directory.account(subject);
    }

    /** Whether there is a meter of an event's name, even one that takes no new events. */
    public boolean knowsMeterOf(Usage usage) {
        return directory.meter(usage.type()) != null;
    }

    /** @return how a meter reads events; null when there is no such meter */
    public @Nullable Counting counting(String meterId) {
        return directory.counting(meterId);
    }

    /**
     * What would be refused whoever it is charged to would wait for its account in vain, so that is told first. A meter that is
     * not there may come before the account does.
     */
    private Refused ofNobody(Usage usage, Instant arrivedAt) {
        var meter = directory.meter(usage.type());
        var refusal = meter == null ? null : refusalBy(meter);
        refusal = refusal != null ? refusal : window.refusalOf(occurredAt(usage, arrivedAt), arrivedAt);
        if (refusal == null && meter != null && valueOf(usage, meter) == null) {
            refusal = badValue(usage, meter);
        }
        return refusal != null ? refusal : unknownAccount(usage);
    }

    private Verdict measure(Usage usage, KnownAccount account, KnownMeter meter, Instant arrivedAt) {
        var occurredAt = occurredAt(usage, arrivedAt);
        var outside = window.refusalOf(occurredAt, arrivedAt);
        if (outside != null) {
            return outside;
        }
        var value = valueOf(usage, meter);
        return value == null
                ? badValue(usage, meter)
                : new Accepted(account, meter, value, occurredAt, dimensions(usage.data(), meter.valueKey()));
    }

    private static Instant occurredAt(Usage usage, Instant arrivedAt) {
        return usage.occurredAt() == null ? arrivedAt : usage.occurredAt();
    }

    private static @Nullable String valueOf(Usage usage, KnownMeter meter) {
        if (meter.counting() == Counting.ONE_EACH) {
            return ONE;
        }
        var text = usage.data().get(meter.valueKey());
        if (text == null || meter.counting() == Counting.BY_TEXT) {
            return text == null || text.isEmpty() ? null : text;
        }
        return Quantity.plain(text);
    }

    private static Map<String, String> dimensions(Map<String, String> data, String valueKey) {
        if (!data.containsKey(valueKey)) {
            return data;
        }
        if (data.size() == 1) {
            return Map.of();
        }
        var dimensions = new HashMap<>(data);
        dimensions.remove(valueKey);
        return dimensions;
    }

    private static @Nullable Refused refusalBy(KnownMeter meter) {
        if (!meter.active()) {
            return new Refused(
                    Reason.UNKNOWN_METER,
                    "meter " + meter.meterId() + " of type " + Excerpt.of(meter.eventName())
                            + " is switched off: reactivate it, or send the type of an active meter");
        }
        if (meter.counting() == Counting.UNKNOWN) {
            return new Refused(
                    Reason.UNKNOWN_METER,
                    "meter " + meter.meterId() + " aggregates in a way that this version does not know:"
                            + " update usage-ingest-service, then replay the event");
        }
        return null;
    }

    private static Refused unknownAccount(Usage usage) {
        return new Refused(
                Reason.UNKNOWN_ACCOUNT,
                "no account has the id or the external key " + Excerpt.of(usage.subject())
                        + ": correct the subject, or make the account; the event is kept, and counts when the account appears");
    }

    private static Refused closed(KnownAccount account) {
        return new Refused(
                Reason.CLOSED_ACCOUNT,
                "account " + account.accountId()
                        + " is closed: stop the usage, or reopen the account and replay the event");
    }

    private static Refused unknownMeter(Usage usage) {
        return new Refused(
                Reason.UNKNOWN_METER,
                "no meter counts events of type " + Excerpt.of(usage.type())
                        + ": correct the type, or create the meter and replay the event");
    }

    private static Refused badValue(Usage usage, KnownMeter meter) {
        var text = usage.data().get(meter.valueKey());
        var member = "data member " + Excerpt.of(meter.valueKey());
        if (meter.counting() == Counting.BY_TEXT) {
            return new Refused(
                    text == null ? Reason.MISSING_VALUE : Reason.INVALID_VALUE,
                    member + " is missing or empty: send the text that the meter counts");
        }
        if (text == null) {
            return new Refused(Reason.MISSING_VALUE, member + " is missing" + Quantity.WHAT_IS_RIGHT);
        }
        var reason = Quantity.isNumeral(text) ? Reason.VALUE_OUT_OF_RANGE : Reason.INVALID_VALUE;
        return new Refused(reason, member + " is " + Excerpt.of(text) + Quantity.WHAT_IS_RIGHT);
    }
}
