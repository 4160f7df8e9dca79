package io.drawdown.usage.intake;

import org.springframework.http.HttpStatus;

/** The request as a whole cannot be understood: nothing of it was stored. */
final class UnreadableRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String slug;

    UnreadableRequest(HttpStatus status, String slug, String detail) {
        super(detail);
        this.status = status;
        this.slug = slug;
    }

    static UnreadableRequest notJson(String detail) {
        return new UnreadableRequest(HttpStatus.BAD_REQUEST, "unreadable-body", detail);
    }

    HttpStatus status() {
        return status;
    }

    String slug() {
        return slug;
    }
}
