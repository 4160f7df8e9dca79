package io.drawdown.usage.intake;

import io.drawdown.usage.wire.Rejections.Names;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads events from lines of JSON, some at a time: what is kept in memory is one buffer, one line and one part, however
 * long the stream is. Empty lines are overlooked and not numbered.
 *
 * <p>It ends where too much came without an event: a few kilobytes of gzip can hold gigabytes of nothing, which would
 * keep a processor busy for as long as somebody likes.
 */
final class EventLines {

    private static final int BUFFER_BYTES = 16 * 1024;

    private final InputStream body;
    private final Line line;
    private final long gapBytesMax;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int filled;
    private int index;
    private long gapBytes;

    /**
     * @param lineBytesMax a longer line is no event; it is read over without being kept
     * @param gapBytesMax bytes in a row without a well-formed event, beyond which nothing is read
     */
    EventLines(InputStream body, int lineBytesMax, long gapBytesMax) {
        this.body = body;
        this.line = new Line(lineBytesMax);
        this.gapBytesMax = gapBytesMax;
    }

    /**
     * The next events, at most {@code eventsMax} and no more behind {@code bytesMax}; none at the end of the stream and behind too large a
     * gap.
     */
    List<ReadEvent> next(int eventsMax, int bytesMax) throws IOException {
        var events = new ArrayList<ReadEvent>();
        int bytes = 0;
        while (events.size() < eventsMax && bytes < bytesMax && !isGapTooLarge() && hasMore()) {
            readLine();
            if (!line.isBlank()) {
                bytes += line.size();
                events.add(event());
            }
        }
        return events;
    }

    /** Whether there was too much without an event, so that the rest stays unread. */
    boolean isGapTooLarge() {
        return gapBytes > gapBytesMax;
    }

    private ReadEvent event() {
        var event = line.event(index++);
        if (event instanceof ReadEvent.WellFormed) {
            gapBytes = 0;
        }
        return event;
    }

    /** To its end, but of a line that is no event no further than a gap may go. */
    private void readLine() throws IOException {
        line.clear();
        boolean isWhole = false;
        while (!isWhole && !(line.isTooLong && isGapTooLarge()) && hasMore()) {
            int end = newline();
            line.add(buffer, at, end - at);
            isWhole = end < filled;
            int next = Math.min(end + 1, filled);
            gapBytes += next - at;
            at = next;
        }
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
    private static final class Line extends ByteArrayOutputStream {

        private final int bytesMax;
        private boolean isTooLong;

        private Line(int bytesMax) {
            super(512);
            this.bytesMax = bytesMax;
        }

        private void clear() {
            reset();
            isTooLong = false;
        }

        private void add(byte[] from, int offset, int length) {
            isTooLong |= size() + length > bytesMax;
            if (isTooLong) {
                reset();
            } else {
                write(from, offset, length);
            }
        }

        private boolean isBlank() {
            int i = 0;
            while (i < count && Character.isWhitespace(buf[i])) {
                i++;
            }
            return i == count && !isTooLong;
        }

        private ReadEvent event(int index) {
            if (isTooLong) {
                return JsonEvents.tooLarge(index, Names.NONE, bytesMax);
            }
            var json = toByteArray();
            try {
                return JsonEvents.one(json, index);
            } catch (UnreadableRequest e) {
                return new ReadEvent.IllFormed(index, Names.NONE, String.valueOf(e.getMessage()), () -> json);
            }
        }
    }
}
