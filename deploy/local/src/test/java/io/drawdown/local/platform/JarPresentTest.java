package io.drawdown.local.platform;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.drawdown.local.process.PlatformException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JarPresentTest {

    @Test
    void saysHowToBuildAMissingJar() {
        var jar = Path.of("wallet-service/target/wallet-service-0.1.0.jar");

        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(() -> new JarPresent(jar).run())
                .withMessageContaining(jar + " is missing")
                .withMessageContaining("./mvnw package");
    }
}
