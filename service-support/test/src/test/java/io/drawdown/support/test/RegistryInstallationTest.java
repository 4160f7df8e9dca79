package io.drawdown.support.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryInstallationTest {

    @TempDir
    Path folder;

    Path archive;
    Path home;

    @BeforeEach
    void packAnArchive() throws Exception {
        var program = Files.createDirectories(folder.resolve("program"));
        Files.writeString(program.resolve("quarkus-run.jar"), "a program");
        archive = folder.resolve("program.tar.gz");
        home = folder.resolve("target").resolve("registry");
        var tar = new ProcessBuilder("tar", "-czf", archive.toString(), "-C", program.toString(), ".").start();
        assertThat(tar.waitFor()).isZero();
    }

    @Test
    void unpacksTheArchive() {
        assertThat(installation().unpacked().resolve("quarkus-run.jar")).hasContent("a program");
    }

    @Test
    void unpacksOnceHoweverManyAskAtTheSameTime() throws IOException {
        var homes = IntStream.range(0, 8)
                .parallel()
                .mapToObj(_ -> installation().unpacked())
                .toList();

        assertThat(homes).containsOnly(home);
        try (var files = Files.list(home.getParent())) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("registry", "registry.lock");
        }
    }

    @Test
    void takesNoHalfUnpackedFolder() throws IOException {
        Files.createDirectories(home.resolveSibling("registry-unpacking-123").resolve("lib"));

        assertThat(installation().unpacked().resolve("quarkus-run.jar")).exists();
    }

    @Test
    void saysWhichArchiveCannotBeRead() {
        var missing = new RegistryInstallation(folder.resolve("missing.tar.gz"), home);

        assertThatThrownBy(missing::unpacked).hasMessageContaining("missing.tar.gz");
        assertThat(home).doesNotExist();
    }

    RegistryInstallation installation() {
        return new RegistryInstallation(archive, home);
    }
}
