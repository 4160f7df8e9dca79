package io.drawdown.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CompilersTest {

    final Compilers compilers = new Compilers();

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "Only Linux tells what the threads of other processes do")
    void areSeenToBeBusyInAnotherProcess() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var eager = new ProcessBuilder(java, "-Xcomp", "-XX:TieredStopAtLevel=1", "--list-modules")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await().untilAsserted(() -> assertThat(compilers.getAsDouble()).isPositive());
        } finally {
            eager.destroyForcibly();
        }
    }
}
