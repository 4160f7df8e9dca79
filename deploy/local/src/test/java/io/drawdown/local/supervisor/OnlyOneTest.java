package io.drawdown.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.local.process.PlatformException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlyOneTest {

    @TempDir
    Path folder;

    @Test
    void waitsForAnOwnerThatIsJustGoing() throws Exception {
        var owner = owner();
        CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(owner::destroyForcibly);
        try (var lock = OnlyOne.in(folder)) {
            assertThat(lock).isNotNull();
            assertThat(owner.waitFor()).isNotZero();
        }
    }

    @Test
    void refusesWhenTheOwnerStays() throws Exception {
        var owner = owner();
        try {
            assertThatThrownBy(() -> OnlyOne.in(folder))
                    .isInstanceOf(PlatformException.class)
                    .hasMessageContaining("deploy/drawdown status");
        } finally {
            owner.destroyForcibly();
        }
    }

    /** Another process that has the lock when this returns. */
    private Process owner() throws IOException {
        var java = ProcessHandle.current().info().command().orElseThrow();
        var process = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), Owner.class.getName(), folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo("held");
        return process;
    }

    static final class Owner {

        public static void main(String[] arguments) throws Exception {
            try (var _ = OnlyOne.in(Path.of(arguments[0]))) {
                System.out.println("held");
                Thread.currentThread().join();
            }
        }
    }
}
