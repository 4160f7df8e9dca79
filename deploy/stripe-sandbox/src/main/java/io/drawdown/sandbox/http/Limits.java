package io.drawdown.sandbox.http;

/**
 * How patient and how generous a server is.
 *
 * @param bodyBytes the longest body that is read
 * @param requestMillis from a request's first byte to its last
 * @param idleMillis how long a connection may rest between two requests
 * @param graceMillis how long a server that is closed lets requests under way end
 */
record Limits(int bodyBytes, int requestMillis, int idleMillis, int graceMillis) {

    static final Limits USUAL = new Limits(1 << 20, 30_000, 75_000, 1_000);
}
