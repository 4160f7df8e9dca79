package io.drawdown.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.Topic;
import io.drawdown.local.platform.Environment;
import io.drawdown.local.platform.Ports;
import io.drawdown.local.process.PortCheck;
import io.drawdown.local.supervisor.RunFiles;
import io.drawdown.local.supervisor.RunRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command with the real servers, in a folder and on ports of its own. */
@Timeout(120)
class DrawdownIT {

    private static final Path TARGET = Path.of(System.getProperty("drawdown.local.target"));

    @TempDir
    Path home;

    private int portBase;
    private RunFiles runFiles;

    /** Below the ports that Linux gives to connections, since one of those could take a port before its server does. */
    @BeforeEach
    void choosePorts() {
        runFiles = new RunFiles(home.resolve("run"));
        portBase = new Random()
                .ints(20_000, 32_000)
                .filter(base -> IntStream.of(32, 81, 82, 92, 93).allMatch(offset -> PortCheck.isFree(base + offset)))
                .findFirst()
                .orElseThrow();
    }

    @AfterEach
    void takeDown() throws Exception {
        drawdown("down");
    }

    @Test
    void startsRealServersKeepsTheirDataAndStopsThemAll() throws Exception {
        var up = up("--only", "kafka,registry", "--detach", "--json");
        assertThat(up.code()).as(up.errors()).isZero();
        var environment = Environment.read(home.resolve("environment.json"));
        assertThat(up.output()).contains(environment.apiKeys().get("billing"), "127.0.0.1:" + (portBase + 92));

        assertServersAreReal(environment);
        assertThat(drawdown("status").code()).isZero();
        assertThat(up("--detach").output()).contains("running already", "Addresses");
        var started = runFiles.processes();

        assertThat(drawdown("down").code()).isZero();

        assertThat(started).hasSize(3).noneMatch(RunRecord::isAlive);
        assertThat(drawdown("status").code()).isEqualTo(3);
        assertDataIsThereAtTheNextStart(environment);
    }

    @Test
    void cleansUpAfterASupervisorThatWasKilled() throws Exception {
        assertThat(up("--only", "postgres", "--detach").code()).isZero();
        var left = runFiles.read("postgres").orElseThrow();
        runFiles.supervisor()
                .flatMap(found -> found.process().handle())
                .orElseThrow()
                .destroyForcibly();
        await().until(() -> runFiles.supervisor().isEmpty());
        assertThat(left.isAlive()).isTrue();

        var again = up("--only", "postgres", "--detach");

        assertThat(again.code()).isZero();
        assertThat(again.output()).contains("Stopped what an earlier run left behind: postgres");
        assertThat(left.isAlive()).isFalse();
    }

    @Test
    void stopsEverythingWhenItsTerminalAsksItTo() throws Exception {
        var foreground = start("up", "--port-base", "" + portBase, "--only", "postgres");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> runFiles.supervisor().filter(RunRecord::healthy).isPresent());
        var postgres = runFiles.read("postgres").orElseThrow();

        foreground.destroy();

        assertThat(foreground.waitFor()).isNotZero();
        assertThat(postgres.isAlive()).isFalse();
        assertThat(home.resolve("run")).isEmptyDirectory();
    }

    @Test
    void refusesToStartWhenAPortIsTakenAndLeavesNothingRunning() throws Exception {
        try (var taken = new ServerSocket(portBase + 32, 1, InetAddress.getLoopbackAddress())) {
            var up = up("--only", "postgres", "--detach");

            assertThat(up.code()).isEqualTo(1);
            assertThat(up.output() + up.errors())
                    .contains(taken.getLocalPort() + ", wanted by postgres")
                    .contains("process " + ProcessHandle.current().pid());
            assertThat(runFiles.processes()).isEmpty();
        }
    }

    @Test
    void answersHelpAndVersionEverywhere() throws Exception {
        assertThat(drawdown("--version").output()).isEqualTo("drawdown 0.1.0\n");
        for (var command : List.of("up", "down", "status", "logs")) {
            var help = drawdown(command, "--help");
            assertThat(help.code()).isZero();
            assertThat(help.output()).startsWith("Usage: drawdown " + command);
        }
    }

    private void assertServersAreReal(Environment environment) throws Exception {
        try (var connection = connect(environment)) {
            assertThat(show(connection, "fsync")).isEqualTo("on");
            assertThat(show(connection, "synchronous_commit")).isEqualTo("on");
            connection.createStatement().execute("CREATE TABLE kept AS SELECT 42 AS answer");
        }
        try (var admin = Admin.create(Map.of("bootstrap.servers", environment.kafka()))) {
            assertThat(admin.listTopics().names().get()).containsAll(Topic.names());
        }
        assertThat(CompressionType.values()).allSatisfy(compression -> assertAccepted(environment, compression));
        assertThat(get(environment.urls().get("schemaRegistry") + "/config")).contains("FULL_TRANSITIVE");
    }

    /** The broker opens what is compressed, with libraries that it loads at that moment only. */
    private static void assertAccepted(Environment environment, CompressionType compression) throws Exception {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                environment.kafka(),
                "compression.type",
                compression.name,
                "delivery.timeout.ms",
                5_000,
                "request.timeout.ms",
                3_000);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            var accepted = producer.send(new ProducerRecord<>(Topic.Name.USAGE_EVENTS, "key", "value ".repeat(50)));
            assertThat(accepted.get().offset()).isNotNegative();
        }
    }

    private void assertDataIsThereAtTheNextStart(Environment before) throws Exception {
        assertThat(up("--only", "postgres", "--detach").code()).isZero();
        var environment = Environment.read(home.resolve("environment.json"));
        assertThat(environment).isEqualTo(before);
        try (var connection = connect(environment);
                var rows = connection.createStatement().executeQuery("SELECT answer FROM kept")) {
            assertThat(rows.next()).isTrue();
        }
    }

    private Connection connect(Environment environment) throws SQLException {
        var server = environment.postgres();
        return DriverManager.getConnection(
                "jdbc:postgresql://" + server.host() + ":" + server.port() + "/wallet",
                server.user(),
                server.password());
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (var answer = connection.createStatement().executeQuery("SHOW " + setting)) {
            answer.next();
            return answer.getString(1);
        }
    }

    private static String get(String address) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private Result up(String... options) throws Exception {
        var arguments = new ArrayList<>(List.of("up", "--port-base", "" + new Ports(portBase).base()));
        arguments.addAll(List.of(options));
        return drawdown(arguments.toArray(String[]::new));
    }

    private Result drawdown(String... arguments) throws Exception {
        var process = start(arguments);
        var code = process.waitFor();
        return new Result(code, read("out"), read("err"));
    }

    private Process start(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Ddrawdown.root=" + TARGET.resolve("../../.."),
                "-Ddrawdown.home=" + home,
                "-jar",
                TARGET.resolve("local-0.1.0.jar").toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(home.resolve("out").toFile())
                .redirectError(home.resolve("err").toFile())
                .start();
    }

    private String read(String file) throws IOException {
        return Files.readString(home.resolve(file), StandardCharsets.UTF_8);
    }

    private record Result(int code, String output, String errors) {}
}
