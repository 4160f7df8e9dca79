package io.drawdown.chaos.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ends this process, or has it stand still, at the point that its file names. The file is looked at all the time, so a
 * process that has run for long can still be caught; it is gone once the trap has snapped, so the next process lives.
 */
public final class Trap {

    /** What a process that was killed ends with. */
    private static final int AS_IF_KILLED = 137;

    private static final int NONE = -1;
    private static final long LOOK_EVERY_NANOS = 10_000_000;

    private static final AtomicInteger PASSES_LEFT = new AtomicInteger();
    private static volatile int armed = NONE;
    private static volatile Effect effect = Effect.ENDS;
    private static volatile @Nullable Path file;

    private Trap() {}

    /** Called at each crash point, by the instructions that the agent has put there. */
    public static void reached(int point) {
        if (point == armed && PASSES_LEFT.decrementAndGet() == 0) {
            snap();
        }
    }

    static void watch(Path trapFile) {
        file = trapFile;
        Thread.ofPlatform().daemon().name("trap").start(() -> watchFor(trapFile));
    }

    @SuppressWarnings("InfiniteLoopStatement")
    private static void watchFor(Path trapFile) {
        var seen = "";
        while (true) {
            var found = read(trapFile);
            if (!found.equals(seen)) {
                arm(found);
                seen = found;
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    private static String read(Path trapFile) {
        try {
            return Files.exists(trapFile) ? Files.readString(trapFile) : "";
        } catch (IOException e) {
            return ""; // Taken away meanwhile.
        }
    }

    private static void arm(String setting) {
        armed = NONE;
        if (!setting.isEmpty()) {
            var lines = setting.lines().toList();
            PASSES_LEFT.set(Integer.parseInt(lines.get(1)));
            effect = Effect.valueOf(lines.get(2));
            armed = CrashPoint.named(lines.getFirst()).number();
        }
    }

    private static void snap() {
        switch (effect) {
            case ENDS -> end();
            case STANDS_STILL -> standStill();
        }
    }

    /** No shutdown hook runs and nothing is flushed, as with SIGKILL. */
    private static void end() {
        try {
            takeAway();
        } finally {
            Runtime.getRuntime().halt(AS_IF_KILLED);
        }
    }

    /** This thread is still here when the process goes on: it waits for a child which ends only after it has sent the signal. */
    private static void standStill() {
        takeAway();
        try {
            new ProcessBuilder(
                            "/bin/sh",
                            "-c",
                            "kill -STOP " + ProcessHandle.current().pid())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot stand still: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void takeAway() {
        try {
            var trapFile = file;
            if (trapFile != null) {
                Files.delete(trapFile);
            }
        } catch (IOException e) {
            // Another process has snapped first; this one is caught all the same.
        }
    }
}
