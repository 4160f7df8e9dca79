package io.drawdown.usage.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads events from lines of JSON, some at a time: what is kept in memory is one buffer, one line and one part, however
 * long the stream is. Empty lines are overlooked and not numbered.
 */
final class EventLines {

    private static final int BUFFER_BYTES = 16 * 1024;

    private final InputStream body;
    private final int lineBytesMax;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int filled;
    private int index;

    /** @param lineBytesMax a longer line is no event; it is read over without being kept */
    EventLines(InputStream body, int lineBytesMax) {
        this.body = body;
        this.lineBytesMax = lineBytesMax;
    }

    /** The next events, at most {@code eventsMax}; none at the end of the stream. */
    List<ReadEvent> next(int eventsMax) throws IOException {
        var events = new ArrayList<ReadEvent>();
        while (events.size() < eventsMax) {
            var line = line();
            if (line == null) {
                break;
            }
            if (!line.isBlank()) {
                events.add(line.event(index++, lineBytesMax));
            }
        }
        return events;
    }

    private @Nullable Line line() throws IOException {
        if (!hasMore()) {
            return null;
        }
        var line = new Line(lineBytesMax);
        while (hasMore()) {
            int end = newline();
            line.add(buffer, at, end - at);
            at = Math.min(end + 1, filled);
            if (end < filled) {
                break;
            }
        }
        return line;
    }

    private int newline() {
        int end = at;
        while (end < filled && buffer[end] != '\n') {
            end++;
        }
        return end;
    }

    private boolean hasMore() throws IOException {
        if (at == filled) {
            at = 0;
            filled = Math.max(0, body.read(buffer));
        }
        return at < filled;
    }

    /** The bytes of a line, kept as long as they may be an event. */
    private static final class Line {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        private final int bytesMax;
        private boolean isTooLong;

        private Line(int bytesMax) {
            this.bytesMax = bytesMax;
        }

        private void add(byte[] from, int offset, int length) {
            isTooLong |= bytes.size() + length > bytesMax;
            if (isTooLong) {
                bytes.reset();
            } else {
                bytes.write(from, offset, length);
            }
        }

        private boolean isBlank() {
            return !isTooLong && bytes.toString(StandardCharsets.UTF_8).isBlank();
        }

        private ReadEvent event(int index, int bytesMax) {
            if (isTooLong) {
                return JsonEvents.tooLarge(index, bytesMax);
            }
            try {
                return JsonEvents.one(bytes.toByteArray(), index);
            } catch (UnreadableRequest e) {
                return new ReadEvent.IllFormed(index, null, null, String.valueOf(e.getMessage()));
            }
        }
    }
}
