package io.drawdown.support.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Fetches the libraries that a program for Node.js needs, in exactly the versions of its package-lock.json. */
public final class NodeLibraries {

    private static final List<String> FILES = List.of("package.json", "package-lock.json");
    private static final Pattern OFFLINE =
            Pattern.compile("ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|E40[347]");

    private NodeLibraries() {}

    /**
     * Makes them available to programs in a folder, once. Skips the test where Node.js or npm is not installed or npm's
     * registry cannot be reached; fails when they cannot be had for another reason.
     *
     * @param source has package.json and package-lock.json
     * @param folder below {@code target}; made when it is not there
     */
    public static void install(Path source, Path folder) throws IOException, InterruptedException {
        assumeTrue(isThere("node") && isThere("npm"), "skipped: Node.js and npm are not installed");
        Files.createDirectories(folder);
        for (var file : FILES) {
            Files.copy(source.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(folder.resolve("node_modules/.package-lock.json"))) {
            fetch(folder);
        }
    }

    private static void fetch(Path folder) throws IOException, InterruptedException {
        var output = folder.resolve("npm.log");
        var npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        var good = npm.waitFor(60, TimeUnit.SECONDS) && npm.exitValue() == 0;
        npm.destroyForcibly();
        var said = Files.readString(output);
        assumeFalse(!good && OFFLINE.matcher(said).find(), "skipped: the npm registry cannot be reached");
        assertThat(good).as(said).isTrue();
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
