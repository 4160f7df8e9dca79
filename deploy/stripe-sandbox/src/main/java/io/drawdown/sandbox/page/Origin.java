package io.drawdown.sandbox.page;

import io.drawdown.sandbox.http.Incoming;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request comes from the page itself: no other site may make a browser post here, nor a name of its own that it
 * lets point to this machine.
 *
 * @param bound address that the page is bound to, by which it may be called too
 */
record Origin(String bound) {

    private static final Pattern ADDRESS = Pattern.compile("localhost|[0-9.]+|\\[[0-9A-Fa-f:.]+]");

    boolean isOurs(Incoming request) {
        var host = request.header("Host");
        if (host == null || !isNamedRightly(host.replaceFirst(":\\d+$", ""))) {
            return false;
        }
        return !request.method().equals("POST") || isSame(host, request.header("Origin"), request);
    }

    private boolean isNamedRightly(String name) {
        return ADDRESS.matcher(name).matches() || name.equals(bound);
    }

    /** A browser says where a form came from; what says nothing is no browser, and so no stranger's page in one. */
    private static boolean isSame(String host, @Nullable String origin, Incoming request) {
        var site = request.header("Sec-Fetch-Site");
        return origin == null ? site == null || site.equals("same-origin") : origin.equals("http://" + host);
    }
}
