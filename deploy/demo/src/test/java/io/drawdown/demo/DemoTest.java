package io.drawdown.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.demo.client.Environment;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoTest {

    @TempDir
    Path folder;

    @Test
    void helpsWithoutARunningEnvironment() {
        var out = new StringWriter();

        var status = new CommandLine(new Demo()).setOut(new PrintWriter(out)).execute("--help");

        assertThat(status).isZero();
        assertThat(out.toString()).contains("--json", "--environment");
    }

    @Test
    void saysHowToStartWhatIsNotRunning() {
        Assertions.assertThatThrownBy(() -> Environment.read(folder.resolve("environment.json")))
                .hasMessageContaining("deploy/drawdown up");
    }

    @Test
    void readsWhatUpWrote() throws Exception {
        var file = folder.resolve("environment.json");
        Files.writeString(file, """
                {"urls":{"wallet":"http://127.0.0.1:7103"},"management":{},"kafka":"127.0.0.1:7192",
                 "apiKeys":{"billing":"secret"},"stripeApiKey":"sk_test_1"}
                """);

        var environment = Environment.read(file);

        assertThat(environment.url("wallet")).isEqualTo("http://127.0.0.1:7103");
        Assertions.assertThatThrownBy(() -> environment.api("wallet", "finance"))
                .hasMessageContaining("finance");
    }
}
