package io.drawdown.support.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessTieTest {

    @Test
    void stopsTheProcessWhenTheJvmThatTiedItIsKilled() throws Exception {
        var jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Tied.class.getName())
                .start();
        var tied = tiedProcess(jvm);
        assertThat(tied.isAlive()).isTrue();

        jvm.destroyForcibly();

        await().atMost(Duration.ofSeconds(10)).until(() -> !tied.isAlive());
    }

    static ProcessHandle tiedProcess(Process jvm) throws IOException {
        try (var output = jvm.inputReader()) {
            return ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
        }
    }

    /** Ties a long-running process to its own JVM, names it, and stays. */
    static final class Tied {

        private Tied() {}

        public static void main(String[] args) throws Exception {
            var tied = new ProcessBuilder("sleep", "600").start();
            ProcessTie.tie(tied.pid());
            System.out.println(tied.pid());
            Thread.currentThread().join();
        }
    }
}
