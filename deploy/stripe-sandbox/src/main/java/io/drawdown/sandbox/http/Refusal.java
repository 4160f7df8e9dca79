package io.drawdown.sandbox.http;

/** What came is no HTTP request that can be answered properly; the connection ends after the refusal. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    Refusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    static Refusal malformed(String message) {
        return new Refusal(400, message);
    }

    int status() {
        return status;
    }
}
