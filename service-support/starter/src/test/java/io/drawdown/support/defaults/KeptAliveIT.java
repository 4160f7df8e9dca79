package io.drawdown.support.defaults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.support.sample.SampleTest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A connection on which the next request comes before the last one is quite done. */
@SampleTest
class KeptAliveIT {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    @LocalServerPort
    int port;

    /** The second has to wait for the first, which asks a thread of its own, and is then answered at once. */
    @Test
    void isReadOnBehindARequestThatHadToWait() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            var in = new BufferedInputStream(socket.getInputStream());

            send(socket, request("/v1/thread") + request("/v1/at-once"));
            assertThat(status(in)).isEqualTo("HTTP/1.1 200 OK");
            assertThat(status(in)).isEqualTo("HTTP/1.1 200 OK");
            send(socket, request("/v1/thread"));
            assertThat(status(in)).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    private static String request(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    private static void send(Socket socket, String requests) throws IOException {
        socket.getOutputStream().write(requests.getBytes(US_ASCII));
    }

    /** Reads a whole answer. */
    private static String status(InputStream in) throws IOException {
        var status = line(in);
        int length = 0;
        for (var header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        assertThat(in.readNBytes(length)).hasSize(length);
        return status;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            assertThat(next).as("end of the connection").isNotNegative();
            line.append((char) next);
        }
        return line.toString().strip();
    }
}
