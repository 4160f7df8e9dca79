package io.drawdown.sandbox.http;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads requests off a connection, each with limits on everything. */
final class RequestReader {

    private static final int MAX_LINE = 32 * 1024;
    private static final int MAX_HEADERS = 100;
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /**
     * A request and whether another may follow on its connection.
     */
    record Read(Incoming request, boolean last) {}

    private final Wire wire;
    private final BodyReader bodies;

    RequestReader(Wire wire, BodyReader bodies) {
        this.wire = wire;
        this.bodies = bodies;
    }

    /** The next request, or null when the client is done. */
    @Nullable
    Read next() throws IOException, Refusal {
        var first = wire.line(MAX_LINE, 414);
        if (first != null && first.isEmpty()) {
            first = wire.line(MAX_LINE, 414); // One empty line before a request is overlooked, as RFC 9112 asks for.
        }
        return first == null ? null : read(first.split(" ", -1));
    }

    private Read read(String[] line) throws IOException, Refusal {
        if (line.length != 3 || !TOKEN.matcher(line[0]).matches() || !line[2].matches("HTTP/1\\.[01]")) {
            throw Refusal.malformed("Invalid HTTP request line.");
        }
        var headers = headers();
        var target = Target.parse(line[1]);
        var body = bodies.read(headers);
        var request = new Incoming(line[0], target.path(), target.query(), headers, body);
        return new Read(request, isLast(line[2], headers.get("connection")));
    }

    private static boolean isLast(String version, @Nullable String connection) {
        var wish = connection == null ? "" : connection.toLowerCase(Locale.ROOT);
        return version.equals("HTTP/1.0") ? !wish.contains("keep-alive") : wish.contains("close");
    }

    private Map<String, String> headers() throws IOException, Refusal {
        var headers = new HashMap<String, String>();
        int count = 0;
        for (var line = header(); !line.isEmpty(); line = header()) {
            if (++count > MAX_HEADERS) {
                throw new Refusal(431, "More than " + MAX_HEADERS + " headers.");
            }
            add(headers, line);
        }
        return headers;
    }

    private String header() throws IOException, Refusal {
        var line = wire.line(MAX_LINE, 431);
        if (line == null) {
            throw Refusal.malformed("The request ended within its headers.");
        }
        return line;
    }

    private static void add(Map<String, String> headers, String line) throws Refusal {
        int colon = line.indexOf(':');
        if (colon < 1 || !TOKEN.matcher(line.substring(0, colon)).matches()) {
            throw Refusal.malformed("Invalid HTTP header.");
        }
        var name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        var value = line.substring(colon + 1).strip();
        var earlier = headers.putIfAbsent(name, value);
        if (earlier != null && !earlier.equals(value) && BodyReader.DELIMITING.contains(name)) {
            throw Refusal.malformed("Two different " + name + " headers.");
        }
    }
}
