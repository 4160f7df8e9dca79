package io.drawdown.sandbox.page;

/** The API refused what a page wanted to show. */
final class NotShown extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    NotShown(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
