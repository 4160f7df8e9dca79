package io.drawdown.support.test;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Ties the life of a process to that of this JVM, even when this JVM is killed.
 *
 * <p>A small shell holds the reading end of a pipe whose writing end only this JVM has. When the JVM is gone, for whatever
 * reason, the shell reads the end of the pipe and stops the process. A shutdown hook alone would not run after a kill.
 */
final class ProcessTie {

    private static final String STOP_AT_END_OF_INPUT = "cat > /dev/null; kill -TERM \"$1\" 2> /dev/null";

    private ProcessTie() {}

    static void tie(long processId) {
        try {
            new ProcessBuilder("sh", "-c", STOP_AT_END_OF_INPUT, "sh", Long.toString(processId))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("No shell to watch over process " + processId + "; tests need 'sh'", e);
        }
    }
}
