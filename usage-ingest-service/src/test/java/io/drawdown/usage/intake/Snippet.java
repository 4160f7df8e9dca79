package io.drawdown.usage.intake;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Runs programs of docs/usage-snippets.md as they stand there. */
final class Snippet {

    private static final Path PAGE = Path.of("../docs/usage-snippets.md");

    private Snippet() {}

    /** @param fence what follows the three back-quotes, such as {@code js} */
    static void write(String fence, Path file) throws IOException {
        var block =
                Pattern.compile("```" + fence + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(block.find()).as("a block of " + fence + " in " + PAGE).isTrue();
        Files.writeString(file, block.group(1));
    }

    /** What the program said, which must end well within a minute. */
    static String run(Path folder, String command, Map<String, String> environment) throws Exception {
        var words = new ArrayList<>(List.of(command.split(" ")));
        words.set(0, find(words.getFirst()).orElseThrow().toString());
        var output = folder.resolve("output");
        var builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("ended in time")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        var text = Files.readString(output);
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
