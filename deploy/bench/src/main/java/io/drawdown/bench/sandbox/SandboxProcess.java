package io.drawdown.bench.sandbox;

import io.drawdown.bench.measure.ResidentMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The sandbox as its own process, on one core where the system can hold it there.
 *
 * @param startMillis from its start until it listened
 */
record SandboxProcess(Process process, URI address, long startMillis) implements AutoCloseable {

    private static final String TASKSET = "/usr/bin/taskset";

    /**
     * Starts it and waits until it listens.
     *
     * @param heapMegabytes its {@code -Xmx}
     */
    static SandboxProcess start(Path project, Path data, int heapMegabytes, Path log) throws IOException {
        long begun = System.nanoTime();
        var process = new ProcessBuilder(command(jar(project), data, heapMegabytes))
                .redirectError(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var line = out.readLine();
        if (line == null) {
            throw new IOException("The sandbox did not start; its log is " + log);
        }
        var address = URI.create(line.substring(line.indexOf("http://")));
        return new SandboxProcess(process, address, (System.nanoTime() - begun) / 1_000_000);
    }

    private static Path jar(Path project) throws IOException {
        var jar = project.resolve("deploy/stripe-sandbox/target/stripe-sandbox-0.1.0.jar");
        if (!Files.exists(jar)) {
            throw new IOException("No " + jar + ": ./mvnw -q package -DskipTests -pl deploy/stripe-sandbox builds it");
        }
        return jar;
    }

    private static List<String> command(Path jar, Path data, int heapMegabytes) {
        var command = new ArrayList<String>();
        if (isPinned()) {
            command.addAll(List.of(TASKSET, "--cpu-list", "0"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                "-jar",
                jar.toString(),
                "--port=0",
                "--data=" + data));
        return command;
    }

    /** Whether it runs on one core only. */
    static boolean isPinned() {
        return Files.isExecutable(Path.of(TASKSET)) && Runtime.getRuntime().availableProcessors() > 1;
    }

    long residentMegabytes() {
        return ResidentMemory.megabytes(process.pid());
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
