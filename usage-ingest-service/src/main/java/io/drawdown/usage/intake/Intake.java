package io.drawdown.usage.intake;

import static java.util.Objects.requireNonNullElse;

import io.drawdown.events.Topic;
import io.drawdown.usage.directory.PatientAdmission;
import io.drawdown.usage.domain.Reason;
import io.drawdown.usage.domain.Usage;
import io.drawdown.usage.domain.Verdict;
import io.drawdown.usage.intake.Receipt.Refusal;
import io.drawdown.usage.wire.Position;
import io.drawdown.usage.wire.Rejections;
import io.drawdown.usage.wire.Rejections.Names;
import io.drawdown.usage.wire.Rejections.Original;
import io.drawdown.usage.wire.UsageEncoder;
import io.drawdown.usage.wire.UsageLog;
import io.drawdown.wire.registry.RegistryRefusedException;
import io.drawdown.wire.registry.RegistryUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what a request brought.
 *
 * <p>Events are judged at once, for an answer the caller can act upon: the good ones go to usage.events.v1, where the gate
 * has the last word, the others to usage.rejected.v1, where they can be read back.
 */
final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private static final Verdict.Refused NOT_PERMITTED = new Verdict.Refused(
            Reason.NOT_PERMITTED,
            "the API key is bound to other sources, accounts or meters: use the right key, or extend its accounts under"
                    + " drawdown.security.api-keys or its binding under drawdown.usage.intake.bindings");

    private final PatientAdmission admission;
    private final UsageEncoder encoder;
    private final UsageLog log;
    private final InFlight inFlight;
    private final Clock clock;

    Intake(PatientAdmission admission, UsageEncoder encoder, UsageLog log, InFlight inFlight, Clock clock) {
        this.admission = admission;
        this.encoder = encoder;
        this.log = log;
        this.inFlight = inFlight;
        this.clock = clock;
    }

    /**
     * Stores the events and waits until all of them are acknowledged.
     *
     * @param sender what it may not send is refused and, since it is none of its business, not kept
     * @param traceparent the request's trace, to be carried by its records
     * @throws IntakeUnavailable when one of them is not known to be stored
     */
    Receipt take(List<ReadEvent> events, Sender sender, @Nullable String traceparent) {
        var batch = new Batch(clock.instant(), sender, traceparent);
        // An unknown name is waited for here, and whoever waits for it takes no place from others.
        events.forEach(batch::judge);
        int places = batch.toAppend.size();
        inFlight.enter(places);
        try {
            batch.store();
        } catch (CompletionException e) {
            LOG.warn("Kafka has not acknowledged all {} events of a request", events.size(), e.getCause());
            throw IntakeUnavailable.kafka(e.getCause());
        } catch (RegistryUnavailableException | RegistryRefusedException e) {
            LOG.warn("A request's {} events cannot be encoded: {}", events.size(), e.getMessage());
            throw IntakeUnavailable.schemaRegistry(e);
        } finally {
            inFlight.leave(places);
        }
        return batch.receipt(events.size());
    }

    /** One request's events: judged first, then on their way. */
    private final class Batch {

        private final Instant arrivedAt;
        private final Sender sender;
        private final @Nullable String traceparent;
        private final List<Refusal> refusals = new ArrayList<>();
        private final List<Supplier<CompletableFuture<Position>>> toAppend = new ArrayList<>();
        private final List<CompletableFuture<Position>> appends = new ArrayList<>();

        private Batch(Instant arrivedAt, Sender sender, @Nullable String traceparent) {
            this.arrivedAt = arrivedAt;
            this.sender = sender;
            this.traceparent = traceparent;
        }

        private void judge(ReadEvent event) {
            switch (event) {
                case ReadEvent.IllFormed bad -> reject(bad);
                case ReadEvent.WellFormed good -> judge(good);
            }
        }

        private void store() {
            try {
                sendWhileStored();
            } finally {
                // Also after a failure in between: what is on its way keeps its place in flight.
                awaitAll();
            }
        }

        private Receipt receipt(int events) {
            return new Receipt(events - refusals.size(), List.copyOf(refusals));
        }

        /** Each append to a log that is away is held up for seconds; the first one that failed already tells of all behind it. */
        private void sendWhileStored() {
            var rest = toAppend.iterator();
            while (rest.hasNext() && !hasLastFailed()) {
                appends.add(rest.next().get());
            }
        }

        private boolean hasLastFailed() {
            return !appends.isEmpty() && appends.getLast().isCompletedExceptionally();
        }

        private void awaitAll() {
            CompletableFuture.allOf(appends.toArray(CompletableFuture<?>[]::new))
                    .join();
        }

        private void judge(ReadEvent.WellFormed event) {
            var usage = event.usage();
            if (!sender.mayReport(usage.source(), usage.type())) {
                refuse(event, NOT_PERMITTED);
                return;
            }
            switch (admission.judge(usage, arrivedAt)) {
                case Verdict.Accepted accepted
                when sender.mayCharge(accepted.account().accountId()) -> accept(usage, accepted);
                case Verdict.Accepted _ -> refuse(event, NOT_PERMITTED);
                case Verdict.Refused _ when !isOwn(usage.subject()) -> refuse(event, NOT_PERMITTED);
                case Verdict.Refused refused -> reject(event, refused);
            }
        }

        /**
         * A key that is bound to accounts learns nothing of others, not even whether they are. Of one that nobody knows yet
         * only its id tells whose it will be.
         */
        private boolean isOwn(@Nullable String subject) {
            return !sender.isBoundToAccounts() || (subject != null && sender.mayCharge(accountId(subject)));
        }

        private String accountId(String subject) {
            var account = admission.account(subject);
            return account == null ? subject : account.accountId();
        }

        private void refuse(ReadEvent.WellFormed event, Verdict.Refused refused) {
            var usage = event.usage();
            boolean isParked = refused.reason() == Reason.UNKNOWN_ACCOUNT;
            refusals.add(new Refusal(
                    event.index(), usage.id(), usage.source(), refused.reason().code(), refused.detail(), isParked));
        }

        /** Under the account's own id: whose a key was when its usage was taken stays so if it moves before the gate judges. */
        private void accept(Usage usage, Verdict.Accepted verdict) {
            var accountId = verdict.account().accountId();
            var taken = usage.of(accountId);
            toAppend.add(() -> log.append(
                    Topic.Name.USAGE_EVENTS,
                    accountId.getBytes(StandardCharsets.UTF_8),
                    encoder.event(taken),
                    encoder.eventHeaders(taken, traceparent, arrivedAt)));
        }

        private void reject(ReadEvent.WellFormed event, Verdict.Refused refused) {
            var time = requireNonNullElse(event.usage().occurredAt(), arrivedAt);
            toAppend.add(() -> {
                var record = encoder.event(event.usage());
                return keep(refused, event.names(), record, event.sent().bytes(), time);
            });
            refuse(event, refused);
        }

        private void reject(ReadEvent.IllFormed bad) {
            var sent = bad.sent();
            if (sent != null && isPermitted(bad.names())) {
                var refused = new Verdict.Refused(Reason.MALFORMED, bad.detail());
                toAppend.add(() -> keep(refused, bad.names(), sent.bytes(), null, arrivedAt));
            }
            refusals.add(bad.refusal());
        }

        private boolean isPermitted(Names names) {
            return sender.mayReport(names.source(), names.type()) && isOwn(names.subject());
        }

        /** However it was sent: what is the same record is the same refusal. */
        private CompletableFuture<Position> keep(
                Verdict.Refused refused, Names names, byte[] original, byte @Nullable [] sent, Instant time) {
            var key = requireNonNullElse(names.subject(), "").getBytes(StandardCharsets.UTF_8);
            var position = new Position(Position.NOT_IN_THE_LOG, Fingerprint.of(refused.reason(), key, original));
            var rejected = Rejections.of(refused, names, position, new Original(key, original, sent), arrivedAt);
            return log.append(
                    Topic.Name.USAGE_REJECTED,
                    key,
                    encoder.rejected(rejected),
                    encoder.rejectedHeaders(names, position, traceparent, time));
        }
    }
}
