package io.drawdown.usage.intake;

import static io.drawdown.usage.UsageLab.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.usage.UsageLab;
import io.drawdown.usage.UsageServiceTest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Runs the programs of docs/usage-snippets.md as they stand there. */
@UsageServiceTest
class SnippetsIT {

    static final Path PAGE = Path.of("../docs/usage-snippets.md");

    @Autowired
    UsageLab lab;

    @LocalServerPort
    int port;

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
        assumeTrue(find(needed).isPresent(), needed + " is not installed here");
        var id = fresh("evt-" + language);
        var account = lab.activeAccount();
        Files.writeString(folder.resolve(file), snippet(language));

        var output = run(folder, command + " " + file, environment(id, account));

        assertThat(output).contains("accepted");
        assertThat(lab.accepted(id).getValue()).isEqualTo("3.25");
        assertThat(lab.accepted(id).getDimensions()).containsEntry("model", "large");
    }

    Map<String, String> environment(String id, String account) {
        return Map.of(
                "DRAWDOWN_URL",
                "http://127.0.0.1:" + port,
                "INGEST_KEY",
                "ingest-key",
                "ACCOUNT",
                account,
                "METER",
                lab.meter(Aggregation.SUM),
                "EVENT_ID",
                id);
    }

    static String snippet(String language) throws IOException {
        var block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(block.find()).as("a block of " + language + " in " + PAGE).isTrue();
        return block.group(1);
    }

    static String run(Path folder, String command, Map<String, String> environment) throws Exception {
        var output = folder.resolve("output").toFile();
        var words = new ArrayList<>(List.of(command.split(" ")));
        words.set(0, find(words.getFirst()).orElseThrow().toString());
        var builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("ended in time")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        var text = Files.readString(output.toPath());
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    /** The tests' own JDK goes first: another one may be too old to run a source file. */
    static Optional<Path> find(String program) {
        var folders = Path.of(System.getProperty("java.home"), "bin") + File.pathSeparator + System.getenv("PATH");
        return Stream.of(folders.split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
