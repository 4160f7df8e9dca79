package io.drawdown.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the scripts under {@code src/test/js} with their libraries, which are fetched once into {@code target}. */
final class Node {

    private static final Path SOURCE = Path.of("src/test/js");
    private static final Path HOME = Path.of("target/node-contract");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Node() {}

    /** Skips the test where there is no Node.js; fails where its libraries cannot be had. */
    static void install() throws IOException, InterruptedException {
        assumeTrue(
                isThere("node") && isThere("npm"),
                "skipped: node and npm are needed to run a client of another language");
        Files.createDirectories(HOME);
        for (var file : List.of("package.json", "package-lock.json", "contract.js")) {
            Files.copy(SOURCE.resolve(file), HOME.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(HOME.resolve("node_modules/.package-lock.json"))) {
            run(List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"));
        }
    }

    static JsonNode contract(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("node", "contract.js"));
        command.addAll(List.of(arguments));
        return JSON.readTree(run(command));
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        var output = HOME.resolve("output").toFile();
        var errors = HOME.resolve("errors").toFile();
        var process = new ProcessBuilder(command)
                .directory(HOME.toFile())
                .redirectOutput(output)
                .redirectError(errors)
                .start();
        var ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0)
                .as("%s says: %s", command, Files.readString(errors.toPath()))
                .isTrue();
        return Files.readString(output.toPath());
    }

    private static boolean isThere(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
