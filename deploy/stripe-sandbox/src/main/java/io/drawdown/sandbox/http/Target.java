package io.drawdown.sandbox.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a request line asks for.
 *
 * @param path decoded as UTF-8; bytes that are none become U+FFFD
 * @param query still encoded
 */
record Target(String path, @Nullable String query) {

    /** From {@code /path?query} or, as proxies are asked, {@code http://host/path?query}. */
    static Target parse(String target) throws Refusal {
        var local = target.matches("(?i)https?://.*") ? target.replaceFirst("(?i)https?://[^/?]*", "") : target;
        int question = local.indexOf('?');
        var path = decode(question < 0 ? local : local.substring(0, question));
        if (!path.startsWith("/")) {
            throw Refusal.malformed("The request line's target is not a path.");
        }
        return new Target(path, question < 0 ? null : utf8(local.substring(question + 1)));
    }

    /** The line was read with one character per byte. */
    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static String decode(String encoded) throws Refusal {
        var bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char next = encoded.charAt(i);
            bytes.write(next == '%' ? octet(encoded, i) : next);
            i += next == '%' ? 2 : 0;
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int octet(String encoded, int percent) throws Refusal {
        int high = percent + 2 < encoded.length() ? Character.digit(encoded.charAt(percent + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(encoded.charAt(percent + 2), 16);
        if (low < 0) {
            throw Refusal.malformed("Invalid percent-encoding in the path.");
        }
        return high * 16 + low;
    }
}
