package io.drawdown.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private Instant now = NOON;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    @Test
    void remindsNowAndThenInAFile() {
        var console = console(false);

        console.waitingFor(List.of("crm", "wallet"));
        now = NOON.plusSeconds(9);
        console.waitingFor(List.of("crm", "wallet"));
        now = NOON.plusSeconds(10);
        console.waitingFor(List.of("wallet"));
        console.say("wallet ready");

        assertThat(text()).isEqualTo("10 s, waiting for wallet\nwallet ready\n");
    }

    @Test
    void rewritesOneLineOnATerminal() {
        var console = console(true);

        console.waitingFor(List.of("crm", "wallet"));
        console.say("crm ready");

        assertThat(text()).isEqualTo("\r\u001b[K0 s, waiting for crm, wallet\r\u001b[Kcrm ready\n");
    }

    private Console console(boolean terminal) {
        return new Console(
                new PrintStream(written, true, StandardCharsets.UTF_8), terminal, clock, Duration.ofSeconds(10));
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
