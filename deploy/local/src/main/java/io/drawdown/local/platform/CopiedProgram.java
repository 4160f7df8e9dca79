package io.drawdown.local.platform;

import io.drawdown.local.process.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Copies a program that has its libraries in the folder {@code lib} beside its jar: a build must not take the jar from
 * under a process that runs, which would fail at the first class it had not loaded yet.
 *
 * @param jar the jar as built
 * @param folder where the copy goes
 */
record CopiedProgram(Path jar, Path folder) implements Step {

    /** The copy, to be started with {@code java -jar}. */
    Path program() {
        return folder.resolve(jar.getFileName());
    }

    @Override
    public void run() throws IOException {
        new JarPresent(jar).run();
        Folders.delete(folder);
        Files.createDirectories(folder.resolve("lib"));
        Files.copy(jar, program());
        try (var libraries = Files.list(jar.resolveSibling("lib"))) {
            libraries.forEach(this::copyLibrary);
        }
    }

    private void copyLibrary(Path library) {
        try {
            Files.copy(
                    library, folder.resolve("lib").resolve(library.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not copy " + library + " to " + folder, e);
        }
    }
}
