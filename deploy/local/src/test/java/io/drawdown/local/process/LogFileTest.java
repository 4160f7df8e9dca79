package io.drawdown.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    @TempDir
    Path folder;

    @Test
    void showsTheLastLines() throws Exception {
        var log = folder.resolve("a.log");
        Files.writeString(log, "one\ntwo\nthree\n");

        assertThat(LogFile.tail(log, 2)).containsExactly("two", "three");
        assertThat(LogFile.tail(folder.resolve("none.log"), 2)).isEmpty();
    }

    @Test
    void setsAnOverlongLogAside() throws Exception {
        var log = folder.resolve("a.log");
        try (var file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(LogFile.LIMIT_BYTES + 1);
        }

        LogFile.rotate(log);

        assertThat(log).doesNotExist();
        assertThat(folder.resolve("a.log.1")).hasSize(LogFile.LIMIT_BYTES + 1);
    }

    @Test
    void keepsAShortLog() throws Exception {
        var log = folder.resolve("a.log");
        Files.writeString(log, "short");

        LogFile.rotate(log);

        assertThat(log).hasContent("short");
    }
}
