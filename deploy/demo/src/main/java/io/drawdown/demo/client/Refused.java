package io.drawdown.demo.client;

import java.net.URI;

/** An answer that is not a success, with what the service said. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    Refused(String method, URI uri, int status, String body) {
        super("%s %s was answered %d: %s".formatted(method, uri, status, body));
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
