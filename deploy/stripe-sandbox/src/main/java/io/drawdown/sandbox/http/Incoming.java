package io.drawdown.sandbox.http;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request, read whole.
 *
 * @param path decoded, without the query
 * @param query still encoded; null when there is no question mark
 * @param headers by name in lower case; the first one where a name came twice
 */
public record Incoming(String method, String path, @Nullable String query, Map<String, String> headers, byte[] body) {

    /** The header's value; null when it was not sent. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }
}
