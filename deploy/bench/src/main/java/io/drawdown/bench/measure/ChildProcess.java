package io.drawdown.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that the benchmark started, with its log. */
public final class ChildProcess implements AutoCloseable {

    private static final int STOP_LIMIT_SECONDS = 20;

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts a process whose errors, and whose output unless the caller reads it, go to a log. */
    public static ChildProcess start(
            String name, List<String> command, Map<String, String> environment, Path log, boolean readOutput) {
        var builder = new ProcessBuilder(command).redirectError(log.toFile());
        if (!readOutput) {
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
        }
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new ChildProcess(name, process, log);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    /** The process, for its output. */
    Process process() {
        return process;
    }

    /**
     * Makes sure that it still runs.
     *
     * @throws Died when it does not
     */
    public void check() {
        if (!process.isAlive()) {
            throw new Died("%s ended with status %d; its log is %s".formatted(name, process.exitValue(), log));
        }
    }

    /** Its resident memory in MiB. */
    public long residentMegabytes() {
        return ResidentMemory.megabytes(process.pid());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** A process of the benchmark has ended by itself. */
    public static final class Died extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Died(String message) {
            super(message);
        }
    }
}
