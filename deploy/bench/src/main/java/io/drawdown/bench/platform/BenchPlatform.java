package io.drawdown.bench.platform;

import io.drawdown.bench.measure.LiveHeap;
import io.drawdown.local.platform.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A platform of the benchmark's own, started and stopped by {@code deploy/drawdown}; stopped with the benchmark if that is interrupted. */
public final class BenchPlatform implements AutoCloseable {

    private final Path project;
    private final Path folder;
    private final int portBase;
    private final Consumer<Boolean> startedFromCache;
    private volatile boolean started;

    private BenchPlatform(Path project, Path folder, int portBase, Consumer<Boolean> startedFromCache) {
        this.project = project;
        this.folder = folder;
        this.portBase = portBase;
        this.startedFromCache = startedFromCache;
    }

    /**
     * A platform of the project that this benchmark belongs to.
     *
     * @param folder where its data, logs and keys go
     * @param portBase where its ports are counted from
     * @param startedFromCache told of each service that it starts
     */
    public static BenchPlatform in(Path folder, int portBase, Consumer<Boolean> startedFromCache) {
        var project = Path.of(System.getProperty("drawdown.root", "."))
                .toAbsolutePath()
                .normalize();
        var platform = new BenchPlatform(project, folder, portBase, startedFromCache);
        Runtime.getRuntime().addShutdownHook(new Thread(platform::close, "stop"));
        return platform;
    }

    public Path folder() {
        return folder;
    }

    /** Starts parts of the platform, with what they need, and returns when they are ready. */
    public Environment start(String... parts) {
        started = true;
        command("up", "--detach", "--port-base", Integer.toString(portBase), "--only", String.join(",", parts));
        var environment = environment();
        Stream.of(parts)
                .filter(environment.management()::containsKey)
                .forEach(service -> startedFromCache.accept(
                        RunningProcess.named(service, folder).usesAotCache()));
        return environment;
    }

    /** Stops what runs; its data stays for the next start. */
    public void stop() {
        command("down");
        started = false;
    }

    private Environment environment() {
        try {
            return Environment.read(folder.resolve("environment.json"));
        } catch (IOException e) {
            throw new UncheckedIOException("The platform does not say how to reach it: " + e.getMessage(), e);
        }
    }

    /** The resident memory of one of its processes, in MiB. */
    public long residentMegabytes(String name) {
        return RunningProcess.named(name, folder).residentMegabytes();
    }

    /** What is alive in the heap of one of its services. */
    public LiveHeap liveHeap(String service) {
        return LiveHeap.of(RunningProcess.named(service, folder).pid());
    }

    @Override
    public void close() {
        if (started) {
            stop();
        }
    }

    private void command(String... arguments) {
        var log = folder.resolve("command.log");
        var command = new ArrayList<>(List.of(project.resolve("deploy/drawdown").toString()));
        command.addAll(Arrays.asList(arguments));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("DRAWDOWN_HOME", folder.toString());
        try {
            Files.createDirectories(folder);
            var status = builder.start().waitFor();
            if (status != 0) {
                throw new IllegalStateException("deploy/drawdown %s ended with status %d: %s (all it said is in %s)"
                        .formatted(String.join(" ", arguments), status, lastLine(log), log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run deploy/drawdown: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while deploy/drawdown was running", e);
        }
    }

    private static String lastLine(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> !line.isBlank())
                .reduce((_, later) -> later)
                .orElse("it said nothing");
    }
}
