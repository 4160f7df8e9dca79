package io.drawdown.sandbox.v2;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as v2 writes them: {@code 2026-11-20T12:00:00.000Z}. */
public final class Rfc3339 {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Rfc3339() {}

    /**
     * The text of a time.
     *
     * @param seconds since the epoch
     */
    public static String text(long seconds) {
        return MILLIS.format(Instant.ofEpochSecond(seconds));
    }

    /** The whole seconds since the epoch of a time that was found well-formed. */
    public static long seconds(String text) {
        return OffsetDateTime.parse(text).toEpochSecond();
    }
}
