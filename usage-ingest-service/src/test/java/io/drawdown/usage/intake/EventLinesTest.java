package io.drawdown.usage.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.usage.intake.ReadEvent.IllFormed;
import io.drawdown.usage.intake.ReadEvent.WellFormed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLinesTest {

    static final int LINE_MAX = 1_000;
    static final int GAP_MAX = 150_000;
    static final int PART_MAX = 1_000_000;
    static final int ROOM = 20_000_000;

    final InFlight room = new InFlight("bytes", ROOM, Duration.ZERO);
    final GatheredBytes gathered = new GatheredBytes(room, Duration.ofHours(1));

    @Test
    void readsLinesThatLieAcrossBuffersInParts() throws IOException {
        var lines =
                lines(IntStream.range(0, 1_000).mapToObj(EventLinesTest::event).collect(Collectors.joining("\n")));

        for (int part = 0; part < 4; part++) {
            int first = part * 250;
            assertThat(lines.next(250, PART_MAX)).hasSize(250).first().satisfies(event -> {
                assertThat(event.index()).isEqualTo(first);
                assertThat(((WellFormed) event).usage().id()).isEqualTo("evt-" + first);
            });
        }
        assertThat(lines.next(250, PART_MAX)).isEmpty();
    }

    /** However many events it could have. */
    @Test
    void endsAPartOfManyBytes() throws IOException {
        var lines = lines(event(0) + "\n" + event(1) + "\n" + event(2));
        int two = event(0).length() + 1;

        assertThat(lines.next(250, two)).hasSize(2);
        assertThat(lines.next(250, two)).hasSize(1);
        assertThat(lines.next(250, two)).isEmpty();
    }

    @Test
    void overlooksEmptyLinesAndTheirNumbers() throws IOException {
        var events = lines("\n" + event(0) + "\r\n  \n\n" + event(1) + "\n").next(10, PART_MAX);

        assertThat(events).extracting(ReadEvent::index).containsExactly(0, 1);
    }

    @Test
    void namesABrokenLineAndGoesOn() throws IOException {
        var events = lines(event(0) + "\n{\"id\":\n[]\n" + event(3)).next(10, PART_MAX);

        assertThat(events).hasSize(4);
        assertThat(((IllFormed) events.get(1)).detail()).contains("no valid JSON");
        assertThat(((IllFormed) events.get(2)).detail()).contains("one CloudEvent as a JSON object");
        assertThat(events.get(3)).isInstanceOf(WellFormed.class);
        assertThat(events)
                .extracting(event -> new String(event.sent().bytes(), StandardCharsets.UTF_8))
                .containsExactly(event(0), "{\"id\":", "[]", event(3));
    }

    @Test
    void readsOverALineThatIsTooLongWithoutKeepingIt() throws IOException {
        var events =
                lines("{\"x\":\"" + "y".repeat(100_000) + "\"}\n" + event(1)).next(10, PART_MAX);

        assertThat(((IllFormed) events.get(0)).detail()).contains("more than " + LINE_MAX + " bytes");
        assertThat(events.get(0).sent()).isNull();
        assertThat(((WellFormed) events.get(1)).usage().id()).isEqualTo("evt-1");
    }

    /** Without an end, as far as anybody could wait for one. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", " ", " \r\n", "x", "{}\n"})
    void endsWhereTooMuchCameWithoutAnEvent(String nothing) throws IOException {
        var endless = new Endless(event(0) + "\n", nothing);
        var lines = new EventLines(endless, LINE_MAX, GAP_MAX, gathered);

        assertThat(lines.next(1_000_000, PART_MAX)).first().isInstanceOf(WellFormed.class);
        assertThat(lines.isGapTooLarge()).isTrue();
        assertThat(lines.next(10, PART_MAX)).isEmpty();
        assertThat(endless.read).isLessThan(GAP_MAX + LINE_MAX + 32 * 1024);
    }

    @Test
    void namesTheLineThatHasNoEnd() throws IOException {
        var events = new EventLines(new Endless("", "x"), LINE_MAX, GAP_MAX, gathered).next(10, PART_MAX);

        assertThat(events)
                .singleElement()
                .satisfies(
                        event -> assertThat(((IllFormed) event).detail()).contains("more than " + LINE_MAX + " bytes"));
    }

    @Test
    void readsAnyNumberOfGapsWithEventsBetweenThem() throws IOException {
        var gap = "\n".repeat(GAP_MAX - 2_000);

        var lines = lines(event(0) + gap + event(1) + gap + "x".repeat(LINE_MAX + 1) + "\n" + event(3));

        assertThat(lines.next(10, PART_MAX)).hasSize(4).last().isInstanceOf(WellFormed.class);
        assertThat(lines.isGapTooLarge()).isFalse();
    }

    /** What others left: two events less than half of it, as long as they hold the rest. */
    @Test
    void endsAPartWhereThereIsNoRoomAndStillGetsOn() throws IOException {
        int others = ROOM / 2 - 2 * event(0).length();
        room.enter(others);
        var lines = lines(IntStream.range(0, 10).mapToObj(EventLinesTest::event).collect(Collectors.joining("\n")));

        assertThat(lines.next(10, PART_MAX)).hasSize(3);
        assertThat(room.count()).isEqualTo(ROOM / 2);
        assertThat(lines.next(10, PART_MAX))
                .as("while the first part is not stored")
                .hasSize(1);
        assertThat(room.count()).isEqualTo(ROOM / 2);
        gathered.close();
        assertThat(room.count()).isEqualTo(others);
        assertThat(lines.next(10, PART_MAX)).hasSize(3);
        gathered.close();
        room.leave(others);
        assertThat(lines.next(10, PART_MAX)).hasSize(3);
        assertThat(lines.next(10, PART_MAX)).isEmpty();
    }

    /** In the middle of a line, which is whole when it has been waited for. */
    @Test
    void storesWhatHasGatheredBeforeItWaitsForMore() throws IOException {
        var due = new GatheredBytes(room, Duration.ZERO);
        var pieces =
                List.of(event(0) + "\n" + event(1).substring(0, 20), event(1).substring(20) + "\n", event(2), "\n");
        var lines = new EventLines(new Pieces(pieces), LINE_MAX, GAP_MAX, due);

        for (int i = 0; i < 3; i++) {
            var part = lines.next(10, PART_MAX);
            assertThat(part).singleElement().isInstanceOf(WellFormed.class);
            assertThat(((WellFormed) part.getFirst()).usage().id()).isEqualTo("evt-" + i);
            due.close();
        }
        assertThat(lines.next(10, PART_MAX)).isEmpty();
    }

    EventLines lines(String text) {
        InputStream bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return new EventLines(bytes, LINE_MAX, GAP_MAX, gathered);
    }

    static String event(int number) {
        return "{\"specversion\":\"1.0\",\"id\":\"evt-" + number
                + "\",\"source\":\"/lab\",\"type\":\"calls\",\"subject\":\"acc-1\",\"data\":{\"value\":1}}";
    }

    /** One with each read, as they come from a network. */
    static final class Pieces extends InputStream {

        final Iterator<String> pieces;

        Pieces(List<String> pieces) {
            this.pieces = pieces.iterator();
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] to, int offset, int length) {
            if (!pieces.hasNext()) {
                return -1;
            }
            var piece = pieces.next().getBytes(StandardCharsets.UTF_8);
            System.arraycopy(piece, 0, to, offset, piece.length);
            return piece.length;
        }
    }

    /** Something first, then the same for ever. */
    static final class Endless extends InputStream {

        final byte[] head;
        final byte[] rest;
        int read;

        Endless(String head, String rest) {
            this.head = head.getBytes(StandardCharsets.UTF_8);
            this.rest = rest.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() {
            int i = read++;
            return i < head.length ? head[i] : rest[(i - head.length) % rest.length];
        }
    }
}
