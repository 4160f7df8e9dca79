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

    /** @throws ProblemException 422 when so many events were refused that naming them all would need memory without limit */
    Receipt take(InputStream body, Sender sender, @Nullable String traceparent) throws IOException {
        var lines = new EventLines(body, limits.eventBytesMax());
        var refusals = new ArrayList<Refusal>();
        int accepted = 0;
        for (var part = lines.next(limits.eventsMax()); !part.isEmpty(); part = lines.next(limits.eventsMax())) {
            var receipt = intake.take(part, sender, traceparent);
            accepted += receipt.accepted();
            refusals.addAll(receipt.rejected());
            if (refusals.size() >= limits.refusalsMax()) {
                throw tooManyRefusals(accepted, refusals);
            }
        }
        return new Receipt(accepted, List.copyOf(refusals));
    }

    private static ProblemException tooManyRefusals(int accepted, List<Refusal> refusals) {
        int read = accepted + refusals.size();
        return new ProblemException(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "too-many-refusals",
                        refusals.size() + " events of the stream are refused, so it was read no further than its first "
                                + read + " events, of which the others are stored. See what 'rejected' says, mend the"
                                + " cause, and send the rest; sending all again counts nothing twice.")
                .with("accepted", accepted)
                .with("read", read)
                .with("rejected", refusals);
    }
}
