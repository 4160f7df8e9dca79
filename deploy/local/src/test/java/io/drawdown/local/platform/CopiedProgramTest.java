package io.drawdown.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopiedProgramTest {

    @TempDir
    Path folder;

    @Test
    void copiesTheJarWithItsLibrariesInPlaceOfAnEarlierCopy() throws Exception {
        var jar = Files.writeString(folder.resolve("sandbox.jar"), "first");
        Files.createDirectory(folder.resolve("lib"));
        var old = Files.writeString(folder.resolve("lib/old.jar"), "old");
        var copied = new CopiedProgram(jar, folder.resolve("software/sandbox"));
        copied.run();
        Files.writeString(jar, "second");
        Files.move(old, folder.resolve("lib/new.jar"));

        copied.run();

        assertThat(copied.program()).hasContent("second");
        assertThat(copied.folder().resolve("lib")).isDirectoryContaining("glob:**/new.jar");
        assertThat(copied.folder().resolve("lib/old.jar")).doesNotExist();
    }
}
