package io.drawdown.usage.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.usage.intake.ReadEvent.IllFormed;
import io.drawdown.usage.intake.ReadEvent.WellFormed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventLinesTest {

    static final int LINE_MAX = 1_000;

    @Test
    void readsLinesThatLieAcrossBuffersInParts() throws IOException {
        var lines =
                lines(IntStream.range(0, 1_000).mapToObj(EventLinesTest::event).collect(Collectors.joining("\n")));

        for (int part = 0; part < 4; part++) {
            int first = part * 250;
            assertThat(lines.next(250)).hasSize(250).first().satisfies(event -> {
                assertThat(event.index()).isEqualTo(first);
                assertThat(((WellFormed) event).usage().id()).isEqualTo("evt-" + first);
            });
        }
        assertThat(lines.next(250)).isEmpty();
    }

    @Test
    void overlooksEmptyLinesAndTheirNumbers() throws IOException {
        var events = lines("\n" + event(0) + "\r\n  \n\n" + event(1) + "\n").next(10);

        assertThat(events).extracting(ReadEvent::index).containsExactly(0, 1);
    }

    @Test
    void namesABrokenLineAndGoesOn() throws IOException {
        var events = lines(event(0) + "\n{\"id\":\n[]\n" + event(3)).next(10);

        assertThat(events).hasSize(4);
        assertThat(((IllFormed) events.get(1)).detail()).contains("no valid JSON");
        assertThat(((IllFormed) events.get(2)).detail()).contains("one CloudEvent as a JSON object");
        assertThat(events.get(3)).isInstanceOf(WellFormed.class);
    }

    @Test
    void readsOverALineThatIsTooLongWithoutKeepingIt() throws IOException {
        var events =
                lines("{\"x\":\"" + "y".repeat(100_000) + "\"}\n" + event(1)).next(10);

        assertThat(((IllFormed) events.get(0)).detail()).contains("more than " + LINE_MAX + " bytes");
        assertThat(((WellFormed) events.get(1)).usage().id()).isEqualTo("evt-1");
    }

    static EventLines lines(String text) {
        InputStream bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return new EventLines(bytes, LINE_MAX);
    }

    static String event(int number) {
        return "{\"specversion\":\"1.0\",\"id\":\"evt-" + number
                + "\",\"source\":\"/lab\",\"type\":\"calls\",\"subject\":\"acc-1\",\"data\":{\"value\":1}}";
    }
}
