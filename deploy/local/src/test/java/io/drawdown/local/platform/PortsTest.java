package io.drawdown.local.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.drawdown.local.process.PlatformException;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void countsFromTheBase() {
        var ports = new Ports(7100);

        assertThat(ports.service(Service.REPORTING.number())).isEqualTo(7105);
        assertThat(ports.management(Service.REPORTING.number())).isEqualTo(7205);
        assertThat(ports.stripe()).isEqualTo(7110);
        assertThat(ports.postgres()).isEqualTo(7132);
        assertThat(ports.registry()).isEqualTo(7181);
        assertThat(ports.registryManagement()).isEqualTo(7182);
        assertThat(ports.kafka()).isEqualTo(7192);
    }

    @Test
    void refusesABaseWithoutRoomAbove() {
        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(() -> new Ports(65_500))
                .withMessageContaining("--port-base 65500");
    }
}
