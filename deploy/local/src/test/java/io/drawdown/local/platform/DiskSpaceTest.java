package io.drawdown.local.platform;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.drawdown.local.process.PlatformException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DiskSpaceTest {

    private static final Path FOLDER = Path.of(".drawdown");

    @Test
    void saysHowMuchIsNeededAndHowMuchIsThere() {
        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(() -> DiskSpace.require(FOLDER, 20_000_000, 1_500_000_000))
                .withMessageContaining("1500 MB are needed, 20 MB are free");
    }

    @Test
    void isContentWithJustEnough() {
        assertThatNoException().isThrownBy(() -> DiskSpace.require(FOLDER, 1_500_000_000, 1_500_000_000));
    }
}
