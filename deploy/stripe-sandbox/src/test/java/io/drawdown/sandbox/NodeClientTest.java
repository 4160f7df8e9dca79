package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Stripe's own client for Node.js, in the version that speaks this API version, is fetched once into {@code target}. */
class NodeClientTest extends Sandboxed {

    static final Path SOURCE = Path.of("src/test/js");
    static final Path HOME = Path.of("target/node-client");
    static final Pattern OFFLINE = Pattern.compile("ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|E40[347]");

    record Run(boolean good, String output) {}

    @Test
    void worksUnmodified() throws Exception {
        install();
        var api = URI.create(sandbox.baseUrl());
        var run = run("node", "smoke.js", api.getHost(), Integer.toString(api.getPort()));
        assertThat(run.good()).as(run.output()).isTrue();
        assertThat(run.output().lines()).hasSize(8);
    }

    static void install() throws IOException, InterruptedException {
        assumeTrue(isThere("node") && isThere("npm"), "skipped: Node.js and npm are not installed");
        Files.createDirectories(HOME);
        for (var file : List.of("package.json", "package-lock.json", "smoke.js")) {
            Files.copy(SOURCE.resolve(file), HOME.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(HOME.resolve("node_modules/.package-lock.json"))) {
            var run = run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
            assumeFalse(
                    !run.good() && OFFLINE.matcher(run.output()).find(), "skipped: the npm registry cannot be reached");
            assertThat(run.good()).as(run.output()).isTrue();
        }
    }

    static boolean isThere(String program) throws IOException, InterruptedException {
        Files.createDirectories(HOME);
        try {
            return run(program, "--version").good();
        } catch (IOException e) {
            return false;
        }
    }

    static Run run(String... command) throws IOException, InterruptedException {
        var output = HOME.resolve("output").toFile();
        var process = new ProcessBuilder(command)
                .directory(HOME.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        return new Run(ended && process.exitValue() == 0, Files.readString(output.toPath()));
    }
}
