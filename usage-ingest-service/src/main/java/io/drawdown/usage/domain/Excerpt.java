package io.drawdown.usage.domain;

import java.nio.charset.StandardCharsets;

/** Quotes what a stranger sent, so short and so clean that it can stand in a message. */
public final class Excerpt {

    private static final int LENGTH_MAX = 80;
    private static final int DETAIL_LENGTH_MAX = 1_000;

    private Excerpt() {}

    /** @return the text in quotes, without control characters, cut after 80 characters */
    public static String of(String text) {
        var cut = text.length() > LENGTH_MAX ? text.substring(0, LENGTH_MAX) + "…" : text;
        return '"' + wellFormed(cut).replaceAll("\\p{Cntrl}", "?") + '"';
    }

    /** @return a message of a library, cut after 1,000 characters, as it may quote what it could not read */
    public static String shortened(String message) {
        return wellFormed(
                message.length() > DETAIL_LENGTH_MAX ? message.substring(0, DETAIL_LENGTH_MAX) + "…" : message);
    }

    /** A cut may leave half of a surrogate pair, and there may have been one: no answer could be written with it. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
