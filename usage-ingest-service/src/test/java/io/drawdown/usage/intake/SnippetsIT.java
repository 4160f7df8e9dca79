package io.drawdown.usage.intake;

import static io.drawdown.usage.UsageLab.event;
import static io.drawdown.usage.UsageLab.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.support.test.NodeLibraries;
import io.drawdown.support.test.Platform;
import io.drawdown.usage.UsageLab;
import io.drawdown.usage.UsageServiceTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The programs that others start from: each sends one event that counts. */
@UsageServiceTest
class SnippetsIT {

    static final Path NODE = Path.of("target/node-snippets");

    @Autowired
    UsageLab lab;

    @LocalServerPort
    int port;

    final String id = fresh("evt");
    String account;
    String meter;

    @BeforeEach
    void know() {
        account = lab.activeAccount();
        meter = lab.meter(Aggregation.SUM);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "sh, snippet.sh, sh, curl",
        "js, snippet.mjs, node, node",
        "python, snippet.py, python3, python3",
        "go, snippet.go, go run, go",
        "java, SendUsage.java, java, java"
    })
    void sendsAnEventThatCounts(String language, String file, String command, String needed, @TempDir Path folder)
            throws Exception {
        assumeTrue(Snippet.find(needed).isPresent(), needed + " is not installed here");
        Snippet.write(language, folder.resolve(file));

        var output = Snippet.run(folder, command + " " + file, environment());

        assertThat(output).contains("accepted");
        expectUsage();
    }

    @Test
    void nodeSendsOverKafkaTwiceWhatCountsOnce() throws Exception {
        NodeLibraries.install(Path.of("../schemas/kafka-client/src/test/js"), NODE);
        Snippet.write("js kafka", NODE.resolve("snippet.mjs"));

        assertThat(Snippet.run(NODE, "node snippet.mjs", environment())).contains("stored");
        assertThat(Snippet.run(NODE, "node snippet.mjs", environment())).contains("stored");

        expectUsage();
        var marker = fresh("evt");
        lab.send(account, event(marker, meter, account, "1"));
        assertThat(lab.acceptedBefore(marker, id)).hasSize(1);
    }

    @Test
    void whatNodeManglesIsRefusedWhereItCanBeSeen() throws Exception {
        NodeLibraries.install(Path.of("../schemas/kafka-client/src/test/js"), NODE);
        Files.copy(
                Path.of("src/test/js/mangled.mjs"), NODE.resolve("mangled.mjs"), StandardCopyOption.REPLACE_EXISTING);

        var position = Snippet.run(NODE, "node mangled.mjs", environment()).strip();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(rejected(position)).contains("\"malformed\""));
    }

    @Test
    void pythonSendsOverKafka(@TempDir Path folder) throws Exception {
        assumeTrue(pythonHas("avro, confluent_kafka"), "python3 with avro and confluent_kafka is not installed here");
        Snippet.write("python kafka", folder.resolve("snippet.py"));

        assertThat(Snippet.run(folder, "python3 snippet.py", environment())).contains("stored");

        expectUsage();
    }

    @Test
    void javaSendsOverKafka(@TempDir Path folder) throws Exception {
        Snippet.write("java kafka", folder.resolve("SendUsageOverKafka.java"));

        assertThat(Snippet.run(folder, "java SendUsageOverKafka.java", environment()))
                .contains("stored");

        expectUsage();
    }

    private void expectUsage() {
        assertThat(lab.accepted(id).getValue()).isEqualTo("3.25");
        assertThat(lab.accepted(id).getDimensions()).containsEntry("model", "large");
    }

    private Map<String, String> environment() {
        return Map.of(
                "DRAWDOWN_URL",
                "http://127.0.0.1:" + port,
                "INGEST_KEY",
                "ingest-key",
                "KAFKA",
                Platform.kafka().bootstrapServers(),
                "SCHEMA_REGISTRY",
                Platform.registry().url(),
                "CLASSPATH",
                System.getProperty("java.class.path"),
                "JDK_JAVA_OPTIONS",
                "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
                "ACCOUNT",
                account,
                "METER",
                meter,
                "EVENT_ID",
                id);
    }

    private String rejected(String position) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/rejected-events/" + position))
                .header("Authorization", "Bearer billing-key")
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }

    private static boolean pythonHas(String modules) throws Exception {
        return Snippet.find("python3").isPresent()
                && new ProcessBuilder("python3", "-c", "import " + modules)
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0;
    }
}
