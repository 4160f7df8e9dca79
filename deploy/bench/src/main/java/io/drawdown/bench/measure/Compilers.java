package io.drawdown.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * How busy the compilers of all JVMs on this machine are, by the kernel's account of their threads. While they compile, a Java program is
 * not as fast as it gets, and on few cores it waits for them besides.
 */
final class Compilers implements DoubleSupplier {

    private static final Path PROCESSES = Path.of("/proc");

    /** {@code USER_HZ}, which is the same on every Linux. */
    private static final double NANOS_A_TICK = 1e9 / 100;

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    private long ticks = ticks();
    private long nanos = System.nanoTime();

    /** How much of one core they took since this was asked last; zero where the kernel keeps no such account. */
    @Override
    public double getAsDouble() {
        long ticksBefore = ticks;
        long nanosBefore = nanos;
        ticks = ticks();
        nanos = System.nanoTime();
        // A process that ended took its account along.
        return Math.max(0, ticks - ticksBefore) * NANOS_A_TICK / Math.max(1, nanos - nanosBefore);
    }

    private static long ticks() {
        return list(PROCESSES)
                .filter(process ->
                        Character.isDigit(process.getFileName().toString().charAt(0)))
                .flatMap(process -> list(process.resolve("task")))
                .mapToLong(Compilers::ticks)
                .sum();
    }

    private static long ticks(Path thread) {
        try {
            var line = Files.readString(thread.resolve("stat"));
            int end = line.lastIndexOf(')');
            var name = line.substring(line.indexOf('(') + 1, end);
            if (!name.startsWith("C1 Compiler") && !name.startsWith("C2 Compiler")) {
                return 0;
            }
            var fields = line.substring(end + 2).split(" ");
            return Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
        } catch (IOException _) { // It has ended.
            return 0;
        }
    }

    /** Nothing where there is no such folder, or no longer. */
    private static Stream<Path> list(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.toList().stream();
        } catch (IOException | UncheckedIOException _) {
            return Stream.empty();
        }
    }
}
