package io.drawdown.chaos.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** What the system can send to a process and Java cannot. */
enum Signal {
    /** Stands still, without knowing, until {@link #CONT}. */
    STOP,
    CONT,
    /** Ends PostgreSQL without a word to its clients, as the loss of its machine would. */
    QUIT;

    void send(long pid) {
        try {
            var kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + name().toUpperCase(Locale.ROOT) + " " + pid);
            kill.start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot send " + this + " to " + pid + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
