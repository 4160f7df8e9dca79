package io.drawdown.usage.intake;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Not every event is known to be stored: the caller sends the request again, which charges nothing twice. */
final class IntakeUnavailable extends ErrorResponseException {

    private static final long serialVersionUID = 1L;
    private static final String REMEDY =
            ". Send the same request again after the time in Retry-After: events that were stored are recognised by id and"
                    + " source and not counted twice.";

    private final String what;

    IntakeUnavailable(String what, @Nullable Throwable cause) {
        super(
                HttpStatus.SERVICE_UNAVAILABLE,
                ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, what + REMEDY),
                cause);
        this.what = what;
        getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
    }

    /** The same of the part of a stream that comes behind others, which are stored. */
    IntakeUnavailable behind(int read) {
        return new IntakeUnavailable(
                "The first " + read + " events of the stream were taken: they are stored, or refused. Of the next: "
                        + what,
                this);
    }
}
