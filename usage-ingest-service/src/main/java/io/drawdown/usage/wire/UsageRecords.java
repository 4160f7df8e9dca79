package io.drawdown.usage.wire;

import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.events.usage.UsageEvent;
import io.drawdown.support.time.Zone;
import io.drawdown.usage.domain.KnownMeter.Counting;
import io.drawdown.usage.domain.Usage;
import io.drawdown.usage.domain.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Maps events to and from their records. */
public final class UsageRecords {

    private UsageRecords() {}

    public static UsageEvent event(Usage usage) {
        return new UsageEvent(
                usage.id(), usage.source(), usage.type(), usage.subject(), usage.occurredAt(), usage.data());
    }

    public static Usage usage(UsageEvent event) {
        return new Usage(
                event.getId(),
                event.getSource(),
                event.getType(),
                event.getSubject(),
                event.getTime(),
                event.getData());
    }

    /**
     * The record of what was accepted.
     *
     * @param value the verdict's, or "1" or "0" for a text
     * @param storedAt the broker's time of the original, so that a replay gives the same record
     */
    public static UsageAccepted accepted(
            Usage usage, Verdict.Accepted verdict, String value, Position position, Instant storedAt) {
        return new UsageAccepted(
                usage.id(),
                usage.source(),
                verdict.account().accountId(),
                verdict.meter().meterId(),
                value,
                verdict.occurredAt(),
                storedAt,
                verdict.dimensions(),
                position.partition(),
                position.offset(),
                verdict.meter().counting() == Counting.BY_TEXT ? verdict.value() : null,
                verdict.account().zone() == Zone.UTC
                        ? null
                        : verdict.account().zone().id());
    }

    /** In which the account's hours, days and months are counted. */
    public static Zone zone(UsageAccepted usage) {
        return zone(usage.getTimeZone());
    }

    /** In which the account's hours, days and months are counted. */
    public static Zone zone(UsageCorrected corrected) {
        return zone(corrected.getTimeZone());
    }

    private static Zone zone(@Nullable String id) {
        return id == null ? Zone.UTC : Zone.of(id);
    }
}
