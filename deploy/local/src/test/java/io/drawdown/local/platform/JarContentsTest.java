package io.drawdown.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarContentsTest {

    static final LocalDateTime RELEASE = LocalDateTime.parse("2026-11-20T00:00:00");

    @TempDir
    Path folder;

    @Test
    void areTheSameInAJarThatWasBuiltAgain() throws IOException {
        assertThat(JarContents.digest(jar("first", "one", RELEASE)))
                .isEqualTo(JarContents.digest(jar("second", "one", RELEASE)));
    }

    @Test
    void differByWhatChangedWithoutChangingItsSizeOrTime() throws IOException {
        assertThat(JarContents.digest(jar("first", "one", RELEASE)))
                .isNotEqualTo(JarContents.digest(jar("second", "two", RELEASE)));
    }

    @Test
    void differByATimeAtWhichTheJvmLooks() throws IOException {
        assertThat(JarContents.digest(jar("first", "one", RELEASE)))
                .isNotEqualTo(JarContents.digest(jar("second", "one", RELEASE.plusDays(1))));
    }

    private Path jar(String name, String text, LocalDateTime time) throws IOException {
        var file = folder.resolve(name + ".jar");
        try (var jar = new JarOutputStream(Files.newOutputStream(file))) {
            var entry = new ZipEntry("text");
            entry.setTimeLocal(time);
            jar.putNextEntry(entry);
            jar.write(text.getBytes(StandardCharsets.UTF_8));
            jar.closeEntry();
        }
        return file;
    }
}
