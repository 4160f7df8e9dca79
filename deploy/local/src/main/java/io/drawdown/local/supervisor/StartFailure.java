package io.drawdown.local.supervisor;

import io.drawdown.local.process.LogFile;
import io.drawdown.local.process.ProcessSpec;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is told when a process does not come up: what happened, the end of its log, and where the rest is. */
final class StartFailure {

    private static final int LINES = 40;

    private StartFailure() {}

    static String died(ProcessSpec spec, int exitCode, Path log) {
        return spec.name() + " ended with exit code " + exitCode + " before it was ready." + remedy(log);
    }

    static String tooSlow(ProcessSpec spec, Path log) {
        return spec.name() + " was not ready within " + spec.startLimit().toSeconds() + " s." + remedy(log);
    }

    static String unfinished(ProcessSpec spec, @Nullable Throwable cause, Path log) {
        return spec.name() + " runs, but could not be prepared: " + (cause == null ? "" : cause.getMessage()) + "\n"
                + remedy(log).strip();
    }

    private static String remedy(Path log) {
        var tail = LogFile.tail(log, LINES).stream().map(line -> "  | " + line).collect(Collectors.joining("\n"));
        return " The end of its log says why:\n" + tail + "\nThe whole log: " + log;
    }
}
