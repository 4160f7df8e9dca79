package io.drawdown.usage.rejected;

import io.drawdown.events.Topic;
import io.drawdown.support.problem.ProblemException;
import io.drawdown.usage.directory.PatientAdmission;
import io.drawdown.usage.domain.Correction;
import io.drawdown.usage.domain.Reason;
import io.drawdown.usage.domain.Usage;
import io.drawdown.usage.domain.Verdict;
import io.drawdown.usage.wire.Decoded;
import io.drawdown.usage.wire.Position;
import io.drawdown.usage.wire.Unavailable;
import io.drawdown.usage.wire.UsageDecoder;
import io.drawdown.usage.wire.UsageEncoder;
import io.drawdown.usage.wire.UsageLog;
import io.drawdown.wire.registry.RegistryRefusedException;
import io.drawdown.wire.registry.RegistryUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Sends a refused event again, when it would be accepted now, and a refused correction whatever becomes of it. */
final class Replay {

    private final RejectedEvents events;
    private final UsageDecoder decoder;
    private final UsageEncoder encoder;
    private final PatientAdmission admission;
    private final UsageLog log;
    private final Clock clock;

    Replay(
            RejectedEvents events,
            UsageDecoder decoder,
            UsageEncoder encoder,
            PatientAdmission admission,
            UsageLog log,
            Clock clock) {
        this.events = events;
        this.decoder = decoder;
        this.encoder = encoder;
        this.admission = admission;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Sends it.
     *
     * @param by who asks, for the record
     * @return where the event is stored now
     * @throws ProblemException 404 when there is no such refusal, 409 when the event would be refused again, 503 when Kafka
     *     does not acknowledge it in time or the schema registry does not answer
     */
    Position send(RejectedId id, String by, @Nullable String traceparent) {
        var rejected = events.find(id).orElseThrow(() -> unknown(id.toString()));
        try {
            var position = stored(begin(rejected, traceparent));
            events.replayed(id, by, clock.instant());
            return position;
        } catch (RegistryUnavailableException | RegistryRefusedException e) {
            throw Unavailable.schemaRegistry("so nothing was sent. Replay it in a moment.", e);
        }
    }

    /**
     * Sends those that would be accepted now, all at once; the others are left, with the reason of now, to whoever looks at
     * them. What the registry has forgotten was read when it came, and goes on waiting.
     *
     * @throws ProblemException 503 when Kafka does not acknowledge all in time; then send all again
     * @throws RegistryUnavailableException likewise
     * @return whether none goes on waiting for the registry
     */
    boolean sendAll(List<RejectedEvent> rejected, String by) {
        var appends = new LinkedHashMap<RejectedId, CompletableFuture<Position>>();
        var rest = rejected.iterator();
        boolean areAllRead = true;
        while (rest.hasNext() && !hasLastFailed(appends)) {
            var each = rest.next();
            try {
                appends.put(each.rejectedId(), begin(each, null));
            } catch (StillRefused e) {
                if (e.isSchemaUnknown) {
                    areAllRead = false;
                } else {
                    events.unpark(each.rejectedId(), e.refusal);
                }
            } catch (ProblemException notReplayable) {
                events.unpark(each.rejectedId());
            }
        }
        appends.forEach((id, append) -> {
            stored(append);
            events.replayed(id, by, clock.instant());
        });
        return areAllRead;
    }

    /** Each append to a log that is away is held up for seconds: those behind it would wait in vain. */
    private static boolean hasLastFailed(SequencedMap<RejectedId, CompletableFuture<Position>> appends) {
        return !appends.isEmpty() && appends.lastEntry().getValue().isCompletedExceptionally();
    }

    private CompletableFuture<Position> begin(RejectedEvent rejected, @Nullable String traceparent) {
        if (rejected.isNoRecord()) {
            throw new StillRefused(new Verdict.Refused(Reason.MALFORMED, rejected.detail()), false);
        }
        return switch (decode(rejected)) {
            case Decoded.Event(Usage usage) -> begin(dated(usage, rejected), traceparent);
            case Decoded.Amendment(Correction correction) -> append(correction, traceparent);
            case Decoded.Undecodable bad -> throw new StillRefused(bad.refusal(), bad.isSchemaUnknown());
        };
    }

    private CompletableFuture<Position> begin(Usage usage, @Nullable String traceparent) {
        return switch (admission.judge(usage, clock.instant())) {
            case Verdict.Refused refused -> throw new StillRefused(refused, false);
            case Verdict.Accepted accepted -> append(usage, accepted, traceparent);
        };
    }

    private Decoded decode(RejectedEvent rejected) {
        if (rejected.originalValue() == null) {
            throw notReplayable("The original was not kept with its refusal (it was empty or too large): read it at its"
                    + " position in usage.events.v1 and send a mended one");
        }
        return decoder.decode(rejected.originalValue());
    }

    private static Usage dated(Usage usage, RejectedEvent rejected) {
        return usage.occurredAt() != null
                ? usage
                : new Usage(
                        usage.id(), usage.source(), usage.type(), usage.subject(), rejected.arrivedAt(), usage.data());
    }

    private CompletableFuture<Position> append(Usage usage, Verdict.Accepted verdict, @Nullable String traceparent) {
        var accountId = verdict.account().accountId();
        var taken = usage.of(accountId);
        return log.append(
                Topic.Name.USAGE_EVENTS,
                accountId.getBytes(StandardCharsets.UTF_8),
                encoder.event(taken),
                encoder.eventHeaders(taken, traceparent, clock.instant()));
    }

    /** Only the gate can tell whether it counts now. */
    private CompletableFuture<Position> append(Correction correction, @Nullable String traceparent) {
        return log.append(
                Topic.Name.USAGE_EVENTS,
                correction.accountId().getBytes(StandardCharsets.UTF_8),
                encoder.correction(correction),
                encoder.correctionHeaders(correction, traceparent, clock.instant()));
    }

    private static Position stored(CompletableFuture<Position> append) {
        try {
            return append.join();
        } catch (CompletionException e) {
            throw Unavailable.kafka(
                    "Kafka did not acknowledge the event in time. Replay it again in a moment: if it was stored after all,"
                            + " the repeat is not counted.",
                    e);
        }
    }

    static ProblemException unknown(String id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "unknown-rejected-event",
                "There is no rejected event " + id + "; GET /v1/rejected-events lists those that are kept.");
    }

    private static ProblemException notReplayable(String detail) {
        return new ProblemException(HttpStatus.CONFLICT, "not-replayable", detail + ".");
    }

    private static final class StillRefused extends ProblemException {

        private static final long serialVersionUID = 1;

        private final transient Verdict.Refused refusal;
        private final boolean isSchemaUnknown;

        private StillRefused(Verdict.Refused refusal, boolean isSchemaUnknown) {
            super(
                    HttpStatus.CONFLICT,
                    "still-refused",
                    "Nothing was sent, the event would be refused again: " + refusal.detail() + ".");
            this.refusal = refusal;
            this.isSchemaUnknown = isSchemaUnknown;
            with("reason", refusal.reason().code());
        }
    }
}
