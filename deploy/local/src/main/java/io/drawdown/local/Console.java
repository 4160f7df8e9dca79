package io.drawdown.local;

import io.drawdown.local.supervisor.Progress;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Progress on a terminal, where a last line tells what is waited for, or in a file, where it is told now and then. */
final class Console implements Progress {

    private static final Duration REMIND_EVERY = Duration.ofSeconds(10);
    private static final Duration NEVER = Duration.ofDays(365);
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private final Clock clock;
    private final Duration remindEvery;
    private boolean lineOpen;
    private @Nullable Instant waitingSince;
    private Instant remindedAt = Instant.MIN;

    Console(PrintStream out, boolean terminal, Clock clock, Duration remindEvery) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        this.remindEvery = remindEvery;
    }

    static Console of(PrintStream out) {
        var console = System.console();
        var dumb = "dumb".equals(System.getenv("TERM")) || System.getenv("NO_COLOR") != null;
        return new Console(out, console != null && console.isTerminal() && !dumb, Clock.systemUTC(), REMIND_EVERY);
    }

    /** For a process whose lines another one repeats, with reminders of its own. */
    static Console withoutReminders(PrintStream out) {
        return new Console(out, false, Clock.systemUTC(), NEVER);
    }

    @Override
    public synchronized void say(String text) {
        closeLine();
        out.println(text);
        out.flush();
    }

    @Override
    public synchronized void waitingFor(Collection<String> names) {
        if (names.isEmpty()) {
            closeLine();
            waitingSince = null;
            return;
        }
        var now = clock.instant();
        if (waitingSince == null) {
            waitingSince = now;
            remindedAt = now;
        }
        tell(String.join(", ", names), now, Duration.between(waitingSince, now).toSeconds());
    }

    private void tell(String names, Instant now, long seconds) {
        if (terminal) {
            out.print(CLEAR_LINE + seconds + " s, waiting for " + names);
            out.flush();
            lineOpen = true;
        } else if (Duration.between(remindedAt, now).compareTo(remindEvery) >= 0) {
            out.println(seconds + " s, waiting for " + names);
            remindedAt = now;
        }
    }

    private void closeLine() {
        if (lineOpen) {
            out.print(CLEAR_LINE);
            lineOpen = false;
        }
    }
}
