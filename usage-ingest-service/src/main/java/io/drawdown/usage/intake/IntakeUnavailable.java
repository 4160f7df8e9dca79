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

    IntakeUnavailable(String what, @Nullable Throwable cause) {
        super(
                HttpStatus.SERVICE_UNAVAILABLE,
                ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, what + REMEDY),
                cause);
        getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
    }
}
