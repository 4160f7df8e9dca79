package io.drawdown.local.kafka;

import io.drawdown.local.process.PlatformException;
import io.drawdown.local.process.Port;
import io.drawdown.local.process.ProcessSpec;
import io.drawdown.local.process.Readiness;
import io.drawdown.local.process.Step;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One Kafka broker.
 *
 * @param classPath the folders of the broker's jars
 * @param data where its settings and its log live
 * @param port where clients connect, loopback only
 * @param controllerPort where it talks to its own controller
 */
public record Broker(List<Path> classPath, Path data, int port, int controllerPort) {

    private static final int CLUSTER_ID_BYTES = 16;

    public Broker {
        classPath = List.copyOf(classPath);
    }

    /** The process of this name, with the topics created once it is ready. */
    public ProcessSpec spec(String name, Step topics) {
        return ProcessSpec.named(name)
                .command(java(
                        List.of("-Xms256m", "-Xmx512m"),
                        "kafka.Kafka",
                        settings().toString()))
                .ports(new Port(port, "Kafka"), new Port(controllerPort, "Kafka's controller"))
                .beforeStart(this::prepare)
                .readyWhen(Readiness.port(port))
                .onceReady(topics)
                .stopsWithin(Duration.ofSeconds(30))
                .build();
    }

    private Path settings() {
        return data.resolve("server.properties");
    }

    private Path log() {
        return data.resolve("log");
    }

    private void prepare() throws IOException, InterruptedException {
        Files.createDirectories(data);
        Files.writeString(settings(), BrokerSettings.text(port, controllerPort, log()));
        Files.writeString(data.resolve("log4j2.properties"), BrokerSettings.LOGGING);
        if (!Files.exists(log().resolve("meta.properties"))) {
            format();
        }
    }

    private void format() throws IOException, InterruptedException {
        var format = new ProcessBuilder(java(
                        List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"),
                        "kafka.tools.StorageTool",
                        "format",
                        "--ignore-formatted",
                        "-t",
                        clusterId(),
                        "-c",
                        settings().toString()))
                .redirectErrorStream(true)
                .start();
        var output = new String(format.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (format.waitFor() != 0) {
            throw new PlatformException("Kafka could not format its folder " + log() + "; it said:\n" + output);
        }
    }

    private List<String> java(List<String> options, String... mainAndArguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.net.preferIPv4Stack=true",
                "-Dlog4j2.configurationFile=" + data.resolve("log4j2.properties"),
                // Our own libraries are on the class path too, and among them one that swallows logs.
                "-Dslf4j.provider=org.apache.logging.slf4j.SLF4JServiceProvider",
                "-cp",
                classPath.stream().map(folder -> folder + "/*").collect(Collectors.joining(File.pathSeparator))));
        command.addAll(List.of(mainAndArguments));
        return command;
    }

    /** A random id in the form that Kafka writes its own: base 64, and no dash in front. */
    private static String clusterId() {
        var uuid = UUID.randomUUID();
        var bytes = java.nio.ByteBuffer.allocate(CLUSTER_ID_BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        return java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(bytes)
                .replace('-', 'a');
    }
}
