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

    /** @param what it is that ends it before its time */
    static UnreadableRequest broken(String what) {
        return new UnreadableRequest(
                HttpStatus.BAD_REQUEST, "unreadable-body", what + ". Nothing of it was stored: send it again");
    }

    /** Whether it was given up because it did not come, be it right or wrong. */
    boolean isTooSlow() {
        return status == HttpStatus.REQUEST_TIMEOUT;
    }

    HttpStatus status() {
        return status;
    }

    String slug() {
        return slug;
    }
}
