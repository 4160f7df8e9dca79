package io.drawdown.usage.gate;

import static io.drawdown.usage.gate.CarriedHeaders.utf8;

import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.events.usage.UsageRejected;
import io.drawdown.usage.directory.PatientAdmission;
import io.drawdown.usage.domain.Claim;
import io.drawdown.usage.domain.Correction;
import io.drawdown.usage.domain.CorrectionRules;
import io.drawdown.usage.domain.Usage;
import io.drawdown.usage.domain.Verdict;
import io.drawdown.usage.gate.Matter.Outcome;
import io.drawdown.usage.wire.Decoded;
import io.drawdown.usage.wire.Position;
import io.drawdown.usage.wire.Rejections;
import io.drawdown.usage.wire.Rejections.Names;
import io.drawdown.usage.wire.Rejections.Original;
import java.time.Clock;
import java.time.Duration;
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
 * <p>The claim is looked up before the verdict and written after it: a repeat is a repeat whatever it says now, and what is
 * refused claims nothing.
 */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
final class GateProcessor implements Processor<byte[], byte[], byte[], SpecificRecord> {

    private static final byte[] REJECTED_TYPE =
            utf8(UsageRejected.getClassSchema().getFullName());
    private static final byte[] ACCEPTED_TYPE =
            utf8(UsageAccepted.getClassSchema().getFullName());
    private static final byte[] CORRECTED_TYPE =
            utf8(UsageCorrected.getClassSchema().getFullName());

    private final PatientDecoder decoder;
    private final PatientAdmission admission;
    private final CorrectionRules corrections;
    private final Placement placement;
    private final GateMetrics metrics;
    private final Clock clock;
    private final Duration horizon;
    private final SentRecords sent;
    private final PastRecords records;
    private final Uuid events;
    private ProcessorContext<byte[], SpecificRecord> context;
    private Runs runs;
    private GateState state;
    private Past past;
    private boolean isFirst;

    GateProcessor(
            PatientDecoder decoder,
            PatientAdmission admission,
            CorrectionRules corrections,
            Placement placement,
            GateMetrics metrics,
            Clock clock,
            Duration horizon,
            SentRecords sent,
            PastRecords records,
            Uuid events) {
        this.decoder = decoder;
        this.admission = admission;
        this.corrections = corrections;
        this.placement = placement;
        this.metrics = metrics;
        this.clock = clock;
        this.horizon = horizon;
        this.sent = sent;
        this.records = records;
        this.events = events;
    }

    @Override
    public void init(ProcessorContext<byte[], SpecificRecord> context) {
        this.context = context;
        this.runs = new Runs(context.getStateStore(Runs.NAME));
        var claims = new ClaimStore(context.getStateStore(ClaimStore.NAME), runs, horizon);
        this.state = new GateState(claims, new Versions(context.getStateStore(Versions.NAME), runs), horizon);
        this.past = new Past(sent, state, new LastSent(context.getStateStore(LastSent.NAME), events));
        this.isFirst = true;
    }

    @Override
    public void close() {
        records.close();
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var arrival = new Arrival(record, position());
        if (isFirst) {
            begin(arrival.position());
        }
        switch (decoder.decode(arrival)) {
            case Decoded.Event(Usage usage) ->
                judge(arrival, new UsageMatter(arrival, usage, admission, placement, state));
            case Decoded.Amendment(Correction correction) ->
                judge(
                        arrival,
                        new CorrectionMatter(arrival, correction, corrections, admission, placement, state, records));
            case Decoded.Undecodable bad -> reject(arrival, Names.NONE, bad.refusal());
        }
        metrics.judged(Duration.ofMillis(clock.millis() - record.timestamp()));
    }

    private void begin(Position first) {
        runs.begin(first.offset());
        past.recall(first.partition(), first.offset());
        records.runBegins(first.offset());
        isFirst = false;
    }

    private void judge(Arrival arrival, Matter matter) {
        var key = matter.key();
        long claimedBy = state.claimedBy(key, arrival.storedAt());
        switch (Claim.of(claimedBy, arrival.position().offset(), past.lastSent())) {
            case TAKEN -> metrics.repeat();
            case SENT -> sendAgain(arrival);
            case REFUSED_BEFORE -> refuseAgain(arrival, matter);
            case FREE -> settle(arrival, matter, key);
        }
    }

    private void settle(Arrival arrival, Matter matter, Bytes key) {
        switch (matter.outcome()) {
            case Outcome.Refused(Verdict.Refused refusal) -> reject(arrival, matter.names(), refusal);
            case Outcome.Sent(SpecificRecord record) -> send(arrival, key, record);
        }
    }

    /** Whoever waits for commits has not seen what was sent and never committed. */
    private void sendAgain(Arrival arrival) {
        metrics.replay();
        var aborted = past.aborted(arrival.position().offset());
        if (aborted != null) {
            forward(arrival, arrival.key(), type(aborted), aborted, GateTopology.ACCEPTED);
        }
    }

    /** The first refusal may not have been stored; that its cause has gone cannot make it count any more. */
    private void refuseAgain(Arrival arrival, Matter matter) {
        switch (matter.outcome()) {
            case Outcome.Refused(Verdict.Refused refusal) -> reject(arrival, matter.names(), refusal);
            case Outcome.Sent _ -> reject(arrival, matter.names(), Verdict.refusedBefore());
        }
    }

    private void send(Arrival arrival, Bytes key, SpecificRecord record) {
        state.remember(key, record, arrival.storedAt());
        forward(arrival, arrival.key(), type(record), record, GateTopology.ACCEPTED);
        if (record instanceof UsageAccepted) {
            metrics.accepted();
        } else {
            metrics.corrected();
        }
    }

    private static byte[] type(SpecificRecord record) {
        return record instanceof UsageAccepted ? ACCEPTED_TYPE : CORRECTED_TYPE;
    }

    private void reject(Arrival arrival, Names names, Verdict.Refused refused) {
        var original = new Original(arrival.key(), arrival.value(), null);
        var rejected = Rejections.of(refused, names, arrival.position(), original, clock.instant());
        forward(arrival, Rejections.recordKey(arrival.key()), REJECTED_TYPE, rejected, GateTopology.REJECTED);
        metrics.rejected(refused.reason());
    }

    private void forward(Arrival arrival, byte @Nullable [] key, byte[] type, SpecificRecord value, String sink) {
        var headers = CarriedHeaders.of(arrival.headers(), type, arrival.position(), arrival.storedAt());
        context.forward(new Record<>(key, value, arrival.record().timestamp(), headers), sink);
    }

    private Position position() {
        var metadata = context.recordMetadata().orElseThrow();
        return new Position(metadata.partition(), metadata.offset());
    }
}
