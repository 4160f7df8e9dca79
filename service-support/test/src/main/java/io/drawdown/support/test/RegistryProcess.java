package io.drawdown.support.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The registry's own JVM: started on free ports, stopped with ours. */
final class RegistryProcess {

    private static final Pattern LISTENING = Pattern.compile("Listening on: http://127\\.0\\.0\\.1:(\\d+)");
    private static final int START_LIMIT_SECONDS = 120;
    private static final int LINES_KEPT = 40;

    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final ArrayDeque<String> lastLines = new ArrayDeque<>();

    private RegistryProcess() {}

    /** Returns the port once the registry listens on it. */
    static int start(RegistryInstallation installation) {
        try {
            var process = new ProcessBuilder(command(installation.unpacked()))
                    .redirectErrorStream(true)
                    .start();
            ProcessTie.tie(process.pid());
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "registry-stop"));
            return new RegistryProcess().awaitPort(process);
        } catch (IOException e) {
            throw new UncheckedIOException("The schema registry could not be launched", e);
        }
    }

    private static List<String> command(Path home) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=0",
                "-Dquarkus.management.host=127.0.0.1",
                "-Dquarkus.management.port=0",
                "-jar",
                home.resolve("quarkus-run.jar").toString());
    }

    private int awaitPort(Process process) {
        Thread.ofPlatform().name("registry-output").daemon().start(() -> read(process));
        try {
            return port.orTimeout(START_LIMIT_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            process.destroyForcibly();
            throw new IllegalStateException("The schema registry did not start. Its last words:\n" + lastWords(), e);
        }
    }

    /** Keeps reading to the end, or the registry would block on a full pipe. */
    private void read(Process process) {
        try (var output = process.inputReader()) {
            readLines(output);
        } catch (IOException e) {
            port.completeExceptionally(e);
        }
        port.completeExceptionally(new IOException("The registry ended by itself"));
    }

    private void readLines(BufferedReader output) throws IOException {
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            keep(line);
            var listening = LISTENING.matcher(line);
            if (listening.find()) {
                port.complete(Integer.valueOf(listening.group(1)));
            }
        }
    }

    private synchronized void keep(String line) {
        lastLines.addLast(line);
        if (lastLines.size() > LINES_KEPT) {
            lastLines.removeFirst();
        }
    }

    private synchronized String lastWords() {
        return String.join("\n", lastLines);
    }
}
