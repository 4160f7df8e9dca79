package io.drawdown.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

    @TempDir
    Path folder;

    private Path log;

    @BeforeEach
    void begin() {
        log = folder.resolve("a.log");
    }

    @Test
    void readsWholeLinesAsTheyCome() throws Exception {
        append("before\n");
        var tail = new LogTail(log);

        append("one\ntw");
        assertThat(tail.more()).isEqualTo("one\n");
        append("o\n");
        assertThat(tail.more()).isEqualTo("two\n");
        assertThat(tail.more()).isEmpty();
    }

    @Test
    void beginsAgainWhenTheLogWasSetAside() throws Exception {
        append("a long line of the old log\n");
        var tail = new LogTail(log);

        Files.move(log, folder.resolve("a.log.1"));
        append("new\n");

        assertThat(tail.more()).isEqualTo("new\n");
    }

    @Test
    void waitsForALogThatIsNotThereYet() throws Exception {
        assertThat(new LogTail(log).more()).isEmpty();
    }

    private void append(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
