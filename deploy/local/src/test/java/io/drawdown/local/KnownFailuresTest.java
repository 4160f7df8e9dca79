package io.drawdown.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/known-failures.md names tests as evidence: each must be there. */
class KnownFailuresTest {

    private static final Path PROJECT = Path.of("../..");
    private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");

    @Test
    void everyTestThatThePageNamesExists() throws IOException {
        var page = Files.readString(PROJECT.resolve("docs/known-failures.md"));
        var sources = testSources();
        var missing = NAMED.matcher(page)
                .results()
                .filter(test -> sources.stream().noneMatch(source -> holds(source, test.group(1), test.group(2))))
                .map(MatchResult::group)
                .toList();
        assertThat(NAMED.matcher(page).results()).isNotEmpty();
        assertThat(missing).isEmpty();
    }

    /** Modules lie one or two folders deep; beside their sources are data and builds that change meanwhile. */
    private static List<Path> testSources() throws IOException {
        try (var folders = Files.walk(PROJECT, 2)) {
            return folders.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(KnownFailuresTest::files)
                    .toList();
        }
    }

    private static Stream<Path> files(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean holds(Path source, String type, String method) {
        try {
            return source.endsWith(type + ".java") && Files.readString(source).contains("void " + method + "(");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
