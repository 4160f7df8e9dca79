package io.drawdown.usage.intake;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the elements of a JSON array, one after the other, by brackets and quotation marks alone: so each can be read by
 * itself, and one that cannot be read leaves the others as they are.
 *
 * <p>Whether an element is JSON, its reader finds out: when all of them are, the array is.
 */
final class ArrayElements {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final byte[] json;
    private int at;

    /** @throws UnreadableRequest when it does not begin as an array */
    ArrayElements(byte[] json) {
        this.json = json;
        skipByteOrderMark();
        skipSpace();
        if (at == json.length || json[at] != '[') {
            throw UnreadableRequest.notJson("The JSON does not begin as expected: send CloudEvents in a JSON array");
        }
    }

    /**
     * Goes to the next element.
     *
     * @return null behind the last
     * @throws UnreadableRequest when nothing stands between two commas, or the array has no end or goes on behind it
     */
    @Nullable
    Element next() {
        boolean isFirst = json[at] == '[';
        if (json[at] != ']') {
            at++;
            skipSpace();
            var element = element();
            if (element.length() > 0) {
                return element;
            }
            requireEmptyArray(isFirst);
        }
        requireEnd();
        return null;
    }

    /** Goes on to the comma or bracket behind it. */
    private Element element() {
        int from = at;
        skipElement();
        int to = at;
        while (to > from && isSpace(json[to - 1])) {
            to--;
        }
        return new Element(from, to - from);
    }

    private void skipElement() {
        int depth = 0;
        for (; at < json.length; at++) {
            byte next = json[at];
            if (depth == 0 && (next == ',' || next == ']')) {
                return;
            }
            switch (next) {
                case '"' -> skipText();
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {}
            }
        }
        throw UnreadableRequest.notJson("The JSON array has no end: send all of it");
    }

    /** To the closing quotation mark. */
    private void skipText() {
        at++;
        while (at < json.length && json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
    }

    private void skipByteOrderMark() {
        if (json.length >= 3 && Arrays.equals(json, 0, 3, BYTE_ORDER_MARK, 0, 3)) {
            at = 3;
        }
    }

    private void skipSpace() {
        while (at < json.length && isSpace(json[at])) {
            at++;
        }
    }

    private void requireEmptyArray(boolean isFirst) {
        if (!isFirst || json[at] != ']') {
            throw UnreadableRequest.notJson(
                    "The JSON array has nothing at byte " + at + ", where an element must stand");
        }
    }

    private void requireEnd() {
        at++;
        skipSpace();
        if (at < json.length) {
            throw UnreadableRequest.notJson("The JSON goes on after its value: send one value");
        }
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** Where an element stands. */
    record Element(int from, int length) {}
}
