package io.drawdown.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

    @TempDir
    Path folder;

    @Test
    void takesDataAndSecretsAwayButNeitherProgramsNorLogs() throws Exception {
        var home = new Home(folder, folder.resolve(".drawdown"));
        home.create();
        Files.createDirectories(home.data("postgres").resolve("base"));
        Files.writeString(home.secrets(), "{}");
        Files.createDirectories(home.software().resolve("postgresql"));

        Files.writeString(home.log("supervisor"), "one line");

        home.empty();

        assertThat(home.data("postgres")).doesNotExist();
        assertThat(home.secrets()).doesNotExist();
        assertThat(home.software().resolve("postgresql")).exists();
        assertThat(home.log("supervisor")).exists(); // A supervisor in the background writes to it at that moment.
    }

    @Test
    void namesTheJarAfterTheModulesFolder() {
        var home = new Home(folder, folder.resolve(".drawdown"));

        assertThat(home.jar("deploy/stripe-sandbox"))
                .isEqualTo(folder.resolve("deploy/stripe-sandbox/target/stripe-sandbox-0.1.0.jar"));
    }
}
