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
    private final GatheredBytes gathered;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int filled;
    private boolean isEnd;
    private int index;
    private long gapBytes;

    /**
     * @param lineBytesMax a longer line is no event; it is read over without being kept
     * @param gapBytesMax bytes in a row without a well-formed event, beyond which nothing is read
     * @param gathered takes in what the part holds; whoever has stored the part empties it
     */
    EventLines(InputStream body, int lineBytesMax, long gapBytesMax, GatheredBytes gathered) {
        this.body = body;
        this.line = new Line(lineBytesMax);
        this.gapBytesMax = gapBytesMax;
        this.gathered = gathered;
    }

    /**
     * The next events, at most {@code eventsMax} and no more behind {@code bytesMax}, fewer where more finds no room or would
     * have to be waited for too long; none at the end of the stream and behind too large a gap.
     */
    List<ReadEvent> next(int eventsMax, int bytesMax) throws IOException {
        var events = new ArrayList<ReadEvent>();
        int bytes = 0;
        boolean isRoom = true;
        while (isRoom && events.size() < eventsMax && bytes < bytesMax && hasMore()) {
            if (endsLine()) {
                if (!line.isBlank()) {
                    bytes += line.size();
                    isRoom = gathered.add(line.size());
                    events.add(event());
                }
                line.clear();
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

    /** Reads on in a line: to its end, but of one that is no event no further than a gap may go. */
    private boolean endsLine() {
        int end = newline();
        boolean isWhole = end < filled || at == filled;
        line.add(buffer, at, end - at);
        int next = Math.min(end + 1, filled);
        gapBytes += next - at;
        at = next;
        return isWhole || (line.isTooLong && isGapTooLarge());
    }

    private int newline() {
        int end = at;
        while (end < filled && buffer[end] != '\n') {
            end++;
        }
        return end;
    }

    /** Whether there is a line to go on with. What is due does not wait for it, be it in the middle of one. */
    private boolean hasMore() throws IOException {
        if (line.isBegun() || !isGapTooLarge()) {
            if (at == filled && !isEnd && !gathered.isDue()) {
                at = 0;
                filled = Math.max(0, body.read(buffer));
                isEnd = filled == 0;
            }
            return at < filled || (isEnd && line.isBegun());
        }
        return false;
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

        private boolean isBegun() {
            return size() > 0 || isTooLong;
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
