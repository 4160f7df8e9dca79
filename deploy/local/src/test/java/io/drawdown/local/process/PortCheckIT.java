package io.drawdown.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortCheckIT {

    @Test
    void namesThePortItsPurposeAndWhoHoldsIt() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var wallet = ProcessSpec.named("wallet")
                    .ports(new Port(taken.getLocalPort(), "HTTP"))
                    .build();

            assertThatExceptionOfType(PlatformException.class)
                    .isThrownBy(() -> PortCheck.requireFree(List.of(wallet)))
                    .withMessageContaining(taken.getLocalPort() + ", wanted by wallet for HTTP")
                    .withMessageContaining("process " + ProcessHandle.current().pid())
                    .withMessageContaining("--port-base");
        }
    }

    @Test
    void findsAPortFreeAgainOnceItIsClosed() throws Exception {
        int port;
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
            assertThat(PortCheck.isFree(port)).isFalse();
        }
        var process = ProcessSpec.named("wallet").ports(new Port(port, "HTTP")).build();

        assertThatNoException().isThrownBy(() -> PortCheck.requireFree(List.of(process)));
    }
}
