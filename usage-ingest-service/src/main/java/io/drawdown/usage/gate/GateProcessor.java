package io.drawdown.usage.gate;

import static io.drawdown.usage.gate.CarriedHeaders.utf8;

import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageRejected;
import io.drawdown.usage.directory.PatientAdmission;
import io.drawdown.usage.domain.Claim;
import io.drawdown.usage.domain.Standing;
import io.drawdown.usage.domain.Usage;
import io.drawdown.usage.domain.Verdict;
import io.drawdown.usage.wire.Decoded;
import io.drawdown.usage.wire.Position;
import io.drawdown.usage.wire.Rejections;
import io.drawdown.usage.wire.UsageDecoder;
import io.drawdown.usage.wire.UsageRecords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Judges one record after the other of one partition, beginning with what its predecessor may have judged before.
 *
 * <p>The claim is looked up before the verdict and written after it: a repeat is a repeat whatever it says now, and a
 * refused event claims nothing.
 */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
final class GateProcessor implements Processor<byte[], byte[], byte[], SpecificRecord> {

    private static final byte[] ACCEPTED_TYPE =
            utf8(UsageAccepted.getClassSchema().getFullName());
    private static final byte[] REJECTED_TYPE =
            utf8(UsageRejected.getClassSchema().getFullName());

    private final UsageDecoder decoder;
    private final PatientAdmission admission;
    private final Placement placement;
    private final GateMetrics metrics;
    private final Clock clock;
    private final Duration horizon;
    private final SentRecords sent;
    private final Uuid events;
    private final ClaimKeys keys = new ClaimKeys();
    private ProcessorContext<byte[], SpecificRecord> context;
    private ClaimStore claims;
    private Past past;
    private boolean isFirst;

    GateProcessor(
            UsageDecoder decoder,
            PatientAdmission admission,
            Placement placement,
            GateMetrics metrics,
            Clock clock,
            Duration horizon,
            SentRecords sent,
            Uuid events) {
        this.decoder = decoder;
        this.admission = admission;
        this.placement = placement;
        this.metrics = metrics;
        this.clock = clock;
        this.horizon = horizon;
        this.sent = sent;
        this.events = events;
    }

    @Override
    public void init(ProcessorContext<byte[], SpecificRecord> context) {
        this.context = context;
        this.claims = new ClaimStore(context.getStateStore(ClaimStore.NAME), horizon);
        this.past = new Past(sent, claims, new LastSent(context.getStateStore(LastSent.NAME), events), keys);
        this.isFirst = true;
    }

    @Override
    public void process(Record<byte[], byte[]> arrival) {
        var position = position();
        if (isFirst) {
            past.recall(position.partition(), position.offset());
            isFirst = false;
        }
        switch (decoder.decode(arrival.value())) {
            case Decoded.Event(Usage usage) -> judge(arrival, position, usage);
            case Decoded.Undecodable bad -> reject(arrival, position, null, bad.refusal());
        }
        metrics.judged(Duration.ofMillis(clock.millis() - arrival.timestamp()));
    }

    private void judge(Record<byte[], byte[]> arrival, Position position, Usage usage) {
        var key = keys.of(arrival.key(), usage.source(), usage.id());
        var claim = Claim.of(claims.claimedBy(key, arrival.timestamp()), position.offset(), past.lastSent());
        switch (claim) {
            case TAKEN -> metrics.repeat();
            case SENT -> metrics.replay();
            case REFUSED_BEFORE -> refuseAgain(arrival, position, usage);
            case OWN -> settleAgain(arrival, position, usage, key);
            case FREE -> settle(arrival, position, usage, key);
        }
    }

    private void settle(Record<byte[], byte[]> arrival, Position position, Usage usage, Bytes key) {
        switch (verdict(arrival, position, usage, Standing.NEW)) {
            case Verdict.Refused refused -> reject(arrival, position, usage, refused);
            case Verdict.Accepted accepted -> {
                claims.claim(key, position.offset(), arrival.timestamp());
                accept(arrival, position, usage, accepted);
            }
        }
    }

    private void settleAgain(Record<byte[], byte[]> arrival, Position position, Usage usage, Bytes key) {
        metrics.replay();
        switch (verdict(arrival, position, usage, Standing.ALREADY_ACCEPTED)) {
            case Verdict.Refused refused -> {
                claims.release(key, arrival.timestamp());
                reject(arrival, position, usage, refused);
            }
            case Verdict.Accepted accepted -> accept(arrival, position, usage, accepted);
        }
    }

    /** The first refusal may not have been stored; that its cause has gone cannot make it count any more. */
    private void refuseAgain(Record<byte[], byte[]> arrival, Position position, Usage usage) {
        switch (verdict(arrival, position, usage, Standing.NEW)) {
            case Verdict.Refused refused -> reject(arrival, position, usage, refused);
            case Verdict.Accepted _ -> reject(arrival, position, usage, Verdict.refusedBefore());
        }
    }

    private Verdict verdict(Record<byte[], byte[]> arrival, Position position, Usage usage, Standing standing) {
        var verdict = admission.judge(usage, Instant.ofEpochMilli(arrival.timestamp()), standing);
        if (verdict instanceof Verdict.Accepted accepted) {
            var misplaced = placement.refusalOf(accepted.account(), arrival.key(), position.partition());
            return misplaced == null ? accepted : misplaced;
        }
        return verdict;
    }

    private void accept(Record<byte[], byte[]> arrival, Position position, Usage usage, Verdict.Accepted verdict) {
        var storedAt = Instant.ofEpochMilli(arrival.timestamp());
        var headers = CarriedHeaders.of(arrival.headers(), ACCEPTED_TYPE, position, storedAt);
        var accepted = UsageRecords.accepted(usage, verdict, position, storedAt);
        context.forward(new Record<>(arrival.key(), accepted, arrival.timestamp(), headers), GateTopology.ACCEPTED);
        metrics.accepted();
    }

    private void reject(
            Record<byte[], byte[]> arrival, Position position, @Nullable Usage usage, Verdict.Refused refused) {
        var storedAt = Instant.ofEpochMilli(arrival.timestamp());
        var headers = CarriedHeaders.of(arrival.headers(), REJECTED_TYPE, position, storedAt);
        var rejected = Rejections.of(refused, usage, position, arrival.key(), arrival.value(), clock.instant());
        context.forward(new Record<>(arrival.key(), rejected, arrival.timestamp(), headers), GateTopology.REJECTED);
        metrics.rejected(refused.reason());
    }

    private Position position() {
        var metadata = context.recordMetadata().orElseThrow();
        return new Position(metadata.partition(), metadata.offset());
    }
}
