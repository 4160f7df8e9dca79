package io.drawdown.usage.intake;

import io.drawdown.usage.wire.Unavailable;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Not every event is known to be stored: the caller sends the request again, which charges nothing twice. */
final class IntakeUnavailable extends ErrorResponseException {

    private static final long serialVersionUID = 1L;
    private static final String TYPE = "urn:problem:usage-ingest:";
    private static final String REMEDY =
            ". Send the same request again after the time in Retry-After: events that were stored are recognised by id and"
                    + " source and not counted twice.";

    private final String slug;
    private final String what;

    private IntakeUnavailable(String slug, String what, @Nullable Throwable cause) {
        super(HttpStatus.SERVICE_UNAVAILABLE, problem(slug, what), cause);
        this.slug = slug;
        this.what = what;
        getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
    }

    private static ProblemDetail problem(String slug, String what) {
        var problem = ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, what + REMEDY);
        problem.setType(URI.create(TYPE + slug));
        return problem;
    }

    static IntakeUnavailable kafka(@Nullable Throwable cause) {
        return new IntakeUnavailable("kafka-unavailable", "Kafka has not acknowledged every event", cause);
    }

    static IntakeUnavailable schemaRegistry(Throwable cause) {
        return new IntakeUnavailable("schema-registry-unavailable", Unavailable.why(cause), cause);
    }

    /** @param what is there too much of */
    static IntakeUnavailable noRoom(String what) {
        return new IntakeUnavailable(
                "no-room", "More " + what + " are in flight than this instance takes: none of these was stored", null);
    }

    static IntakeUnavailable stopping(Throwable cause) {
        return new IntakeUnavailable("stopping", "The service is stopping: none of these was stored", cause);
    }

    /**
     * The same of the part of a stream that comes behind others.
     *
     * @param taken what became of those
     */
    IntakeUnavailable behind(Receipt taken) {
        int read = taken.accepted() + taken.rejected().size();
        var unavailable = new IntakeUnavailable(
                slug,
                "The first " + read + " events of the stream were taken: they are stored, but for those that 'rejected'"
                        + " names. Of the next: " + what,
                this);
        var problem = unavailable.getBody();
        problem.setProperty("accepted", taken.accepted());
        problem.setProperty("read", read);
        problem.setProperty("rejected", taken.rejected());
        return unavailable;
    }
}
