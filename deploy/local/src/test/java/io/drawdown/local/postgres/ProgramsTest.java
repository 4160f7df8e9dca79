package io.drawdown.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.drawdown.local.process.PlatformException;
import org.junit.jupiter.api.Test;

class ProgramsTest {

    @Test
    void knowsTheMachinesThatThereAreProgramsFor() {
        assertThat(Programs.machine("Linux", "amd64")).isEqualTo("linux-x86_64");
        assertThat(Programs.machine("Linux", "aarch64")).isEqualTo("linux-arm_64");
        assertThat(Programs.machine("Mac OS X", "aarch64")).isEqualTo("darwin-arm_64");
    }

    @Test
    void namesTheMachineItHasNoProgramsFor() {
        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(() -> Programs.machine("Windows 11", "amd64"))
                .withMessageContaining("Windows 11 amd64");
    }
}
