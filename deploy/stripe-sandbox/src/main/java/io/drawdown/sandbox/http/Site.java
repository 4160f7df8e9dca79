package io.drawdown.sandbox.http;

import org.jspecify.annotations.Nullable;

/** What a server answers with. Called by many threads at once. */
public interface Site {

    /** The answer; null cuts the connection without one. */
    @Nullable
    Outgoing answer(Incoming request);

    /**
     * What is said to something that is no proper HTTP request.
     *
     * @param status 400, 408, 413, 414, 431 or 501
     */
    Outgoing refuse(int status, String message);
}
