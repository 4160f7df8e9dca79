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
 * a slow broker slows the sender down and memory holds one part.
 */
final class EventStream {

    private final Intake intake;
    private final IntakeProperties limits;

    EventStream(Intake intake, IntakeProperties limits) {
        this.intake = intake;
        this.limits = limits;
    }

    /**
     * Stores it to its end.
     *
     * @throws ProblemException 422 when so many events were refused that naming them all would need memory without limit, or
     *     when the stream breaks off behind parts that are stored, or when too much came without an event
     * @throws UnreadableRequest when it breaks off before anything is stored
     * @throws IntakeUnavailable when a part is not known to be stored, saying how many events came before it
     */
    Receipt take(InputStream body, Sender sender, @Nullable String traceparent) throws IOException {
        var lines =
                new EventLines(body, limits.eventBytesMax(), limits.gapSizeMax().toBytes());
        var progress = new Progress();
        try {
            for (var part = next(lines); !part.isEmpty(); part = next(lines)) {
                progress.add(intake.take(part, sender, traceparent));
                if (progress.refusals.size() >= limits.refusalsMax()) {
                    throw progress.tooManyRefusals();
                }
            }
            if (lines.isGapTooLarge()) {
                throw progress.gapTooLarge(limits.gapSizeMax().toBytes());
            }
            return progress.receipt();
        } catch (UnreadableRequest e) {
            throw progress.read() == 0 ? e : progress.brokenOff(e);
        } catch (IntakeUnavailable e) {
            throw progress.read() == 0 ? e : e.behind(progress.read());
        }
    }

    private List<ReadEvent> next(EventLines lines) throws IOException {
        return lines.next(limits.eventsMax(), limits.requestBytesMax());
    }

    /** What became of the parts that were read. */
    private static final class Progress {

        private final List<Refusal> refusals = new ArrayList<>();
        private int accepted;

        private void add(Receipt part) {
            accepted += part.accepted();
            refusals.addAll(part.rejected());
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

        private ProblemException brokenOff(UnreadableRequest cause) {
            return stopped(
                    "stream-broken-off",
                    "The stream breaks off, or is no whole gzip stream as Content-Encoding says. Its first " + read()
                            + " events were read and, but for those that 'rejected' names, are stored; nothing behind them"
                            + " is. Send the stream again, whole or from there; sending all again counts nothing twice.",
                    cause);
        }

        private ProblemException stopped(String slug, String detail, @Nullable Throwable cause) {
            return new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, slug, detail, cause)
                    .with("accepted", accepted)
                    .with("read", read())
                    .with("rejected", refusals);
        }
    }
}
