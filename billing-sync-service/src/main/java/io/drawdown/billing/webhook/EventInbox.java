package io.drawdown.billing.webhook;

import io.drawdown.billing.arrears.MeterErrorReports;
import io.drawdown.billing.mirror.RefreshQueue;
import io.drawdown.billing.settings.StripeProperties;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes each event once, however it comes, and asks for the object it tells of. Taking it and asking are one
 * transaction: an event counts as taken only if its object will be fetched after it happened.
 */
@Component
public class EventInbox {

    private static final Logger log = LoggerFactory.getLogger(EventInbox.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TakenEvents taken;
    private final RefreshQueue refreshes;
    private final MeterErrorReports meterErrorReports;
    private final StripeProperties properties;
    private final Clock clock;

    EventInbox(
            TakenEvents taken,
            RefreshQueue refreshes,
            MeterErrorReports meterErrorReports,
            StripeProperties properties,
            Clock clock) {
        this.taken = taken;
        this.refreshes = refreshes;
        this.meterErrorReports = meterErrorReports;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Takes an event that Stripe lists.
     *
     * @param dataJson its {@code data.object}
     * @return whether it had not been taken before
     */
    @Transactional
    public boolean takeListed(String eventId, String type, boolean livemode, Instant createdAt, String dataJson) {
        return take(eventId, type, livemode, createdAt, clock.instant(), Source.SWEEP, JSON.readTree(dataJson));
    }

    /**
     * Takes a report on meter events that Stripe lists.
     *
     * @param meterId the meter it is about; null when there is none
     * @return whether it had not been taken before
     */
    @Transactional
    public boolean takeListedReport(
            String eventId, String type, boolean livemode, Instant createdAt, @Nullable String meterId) {
        var isNew = take(eventId, type, livemode, createdAt, clock.instant(), Source.SWEEP, null);
        if (isNew) {
            meterErrorReports.note(eventId, type, meterId, createdAt);
        }
        return isNew;
    }

    /** Forgets events that can hardly come again, so that the table does not grow for ever. */
    public void forgetTakenBefore(Instant instant) {
        taken.removeBefore(instant);
    }

    /** Takes an event from the journal. */
    @Transactional
    boolean takeDelivered(Envelope envelope, Instant receivedAt) {
        var isNew = take(
                envelope.eventId(),
                envelope.type(),
                envelope.livemode(),
                envelope.createdAt(),
                receivedAt,
                Source.WEBHOOK,
                envelope.data());
        if (isNew && MeterErrorReports.areOf(envelope.type())) {
            meterErrorReports.note(envelope.eventId(), envelope.type(), meterOf(envelope), envelope.createdAt());
        }
        return isNew;
    }

    /** A report that is about no meter names only itself. */
    private static @Nullable String meterOf(Envelope envelope) {
        return envelope.objectId().equals(envelope.eventId()) ? null : envelope.objectId();
    }

    private boolean take(
            String eventId,
            String type,
            boolean livemode,
            Instant createdAt,
            Instant receivedAt,
            Source source,
            @Nullable JsonNode data) {
        if (livemode != properties.livemode()) {
            log.warn(
                    "Event {} says livemode={}, which is not this environment's; it is left alone.", eventId, livemode);
            return false;
        }
        var hint = Optional.ofNullable(data).flatMap(Hints::about);
        var event = new TakenEvents.Taken(eventId, type, hint.orElse(null), source, createdAt, receivedAt);
        if (!taken.add(event, clock.instant())) {
            return false;
        }
        hint.ifPresent(object -> refreshes.request(object, Hints.isPaidTopUp(type, data)));
        return true;
    }
}
