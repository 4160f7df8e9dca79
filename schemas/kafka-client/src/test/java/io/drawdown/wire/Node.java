package io.drawdown.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drawdown.support.test.NodeLibraries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the scripts under {@code src/test/js} with their libraries. */
final class Node {

    private static final Path SOURCE = Path.of("src/test/js");
    private static final Path HOME = Path.of("target/node-contract");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Node() {}

    static void install() throws IOException, InterruptedException {
        NodeLibraries.install(SOURCE, HOME);
        Files.copy(SOURCE.resolve("contract.js"), HOME.resolve("contract.js"), StandardCopyOption.REPLACE_EXISTING);
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
}
