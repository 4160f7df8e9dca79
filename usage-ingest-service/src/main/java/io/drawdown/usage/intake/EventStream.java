package io.drawdown.usage.intake;

import io.drawdown.support.problem.ProblemException;
import io.drawdown.usage.intake.Receipt.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Stores a stream of any length, one part after the other: the next part is read when Kafka has acknowledged this one, so
 * a slow broker slows the sender down and memory holds one part. Of what all streams hold there is a bound, near which their
 * parts become smaller.
 */
final class EventStream {

    private final Intake intake;
    private final IntakeProperties limits;
    private final InFlight streams;
    private final InFlight bodyBytes;
    private final InFlight refusals;

    /**
     * @param streams are open at one time
     * @param bodyBytes of all requests, which the parts of streams share
     * @param refusals that open streams have to name at their ends
     */
    EventStream(Intake intake, IntakeProperties limits, InFlight streams, InFlight bodyBytes, InFlight refusals) {
        this.intake = intake;
        this.limits = limits;
        this.streams = streams;
        this.bodyBytes = bodyBytes;
        this.refusals = refusals;
    }

    /**
     * Stores it to its end.
     *
     * @throws ProblemException 422 when so many events were refused that naming them all would need memory without limit, or
     *     when the stream breaks off behind parts that are stored, or when too much came without an event; 408 when nothing
     *     comes any more behind parts that are stored
     * @throws UnreadableRequest when it breaks off, or nothing comes any more, before anything is stored
     * @throws IntakeUnavailable when a part is not known to be stored, saying how many events came before it; when too many
     *     streams are open
     */
    Receipt take(InputStream body, Sender sender, @Nullable String traceparent) throws IOException {
        streams.enter(1);
        var progress = new Progress(refusals);
        try (var gathered = new GatheredBytes(bodyBytes, limits.gatherMax())) {
            return new Parts(body, gathered, sender, traceparent, progress).store();
        } finally {
            progress.close();
            streams.leave(1);
        }
    }

    /** One stream's parts, one after the other. */
    private final class Parts {

        private final GatheredBytes gathered;
        private final EventLines lines;
        private final Sender sender;
        private final @Nullable String traceparent;
        private final Progress progress;

        private Parts(
                InputStream body,
                GatheredBytes gathered,
                Sender sender,
                @Nullable String traceparent,
                Progress progress) {
            this.gathered = gathered;
            this.lines = new EventLines(
                    body, limits.eventBytesMax(), limits.gapSizeMax().toBytes(), gathered);
            this.sender = sender;
            this.traceparent = traceparent;
            this.progress = progress;
        }

        private Receipt store() throws IOException {
            try {
                for (var part = next(); !part.isEmpty(); part = next()) {
                    store(part);
                }
                if (lines.isGapTooLarge()) {
                    throw progress.gapTooLarge(limits.gapSizeMax().toBytes());
                }
                return progress.receipt();
            } catch (UnreadableRequest e) {
                throw progress.read() == 0 ? e : progress.endedBy(e);
            } catch (IntakeUnavailable e) {
                throw progress.read() == 0 ? e : e.behind(progress.receipt());
            }
        }

        private List<ReadEvent> next() throws IOException {
            return lines.next(limits.eventsMax(), limits.requestBytesMax());
        }

        private void store(List<ReadEvent> part) {
            progress.add(intake.take(part, sender, traceparent));
            gathered.close();
            if (progress.isRoomGone) {
                throw IntakeUnavailable.noRoom("refusals that streams have to name");
            }
            if (progress.refusals.size() >= limits.refusalsMax()) {
                throw progress.tooManyRefusals();
            }
        }
    }

    /** What became of the parts that were read. */
    private static final class Progress {

        private final InFlight room;
        private final List<Refusal> refusals = new ArrayList<>();
        private int accepted;
        private int placesTaken;
        private boolean isRoomGone;

        private Progress(InFlight room) {
            this.room = room;
        }

        private void add(Receipt part) {
            accepted += part.accepted();
            refusals.addAll(part.rejected());
            if (room.enterNow(part.rejected().size())) {
                placesTaken += part.rejected().size();
            } else {
                isRoomGone = true;
            }
        }

        private void close() {
            room.leave(placesTaken);
        }

        private int read() {
            return accepted + refusals.size();
        }

        private Receipt receipt() {
            return new Receipt(accepted, List.copyOf(refusals));
        }

        private ProblemException tooManyRefusals() {
            return stopped(
                    "too-many-refusals",
                    refusals.size() + " events of the stream are refused, so it was read no further than its first "
                            + read() + " events, of which the others are stored. See what 'rejected' says, mend the"
                            + " cause, and send the rest; sending all again counts nothing twice.",
                    null);
        }

        private ProblemException gapTooLarge(long gapBytesMax) {
            return stopped(
                    "gap-too-large",
                    "More than " + gapBytesMax + " bytes came without a well-formed event, so the stream was read no"
                            + " further than its first " + read()
                            + " events, which, but for those that 'rejected' names,"
                            + " are stored. Leave out what is no event, and send the rest; sending all again counts"
                            + " nothing twice.",
                    null);
        }

        private ProblemException endedBy(UnreadableRequest cause) {
            return cause.isTooSlow() ? tooSlow(cause) : brokenOff(cause);
        }

        private ProblemException tooSlow(UnreadableRequest cause) {
            return stopped(
                    cause.status(),
                    cause.slug(),
                    "Nothing of the stream came any more, so it was read no further. Its first " + read()
                            + " events were read and, but for those that 'rejected' names, are stored; nothing behind them"
                            + " is. Send the rest in a stream of its own, and end one when there is nothing to send; sending"
                            + " all again counts nothing twice.",
                    cause);
        }

        private ProblemException brokenOff(UnreadableRequest cause) {
            return stopped(
                    "stream-broken-off",
                    "The stream breaks off, or is no whole gzip stream as Content-Encoding says. Its first " + read()
                            + " events were read and, but for those that 'rejected' names, are stored; nothing behind them"
                            + " is. Send the stream again, whole or from there; sending all again counts nothing twice.",
                    cause);
        }

        private ProblemException stopped(String slug, String detail, @Nullable Throwable cause) {
            return stopped(HttpStatus.UNPROCESSABLE_CONTENT, slug, detail, cause);
        }

        private ProblemException stopped(HttpStatus status, String slug, String detail, @Nullable Throwable cause) {
            return new ProblemException(status, slug, detail, cause)
                    .with("accepted", accepted)
                    .with("read", read())
                    .with("rejected", refusals);
        }
    }
}
