package io.drawdown.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.sandbox.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class WebServerTest {

    static final Limits IMPATIENT = new Limits(100, 200, 200, 1_000);

    static Outgoing text(int status, String text) {
        return new Outgoing(status, Map.of("X", "a\r\nInjected: b"), text.getBytes(StandardCharsets.UTF_8));
    }

    record Echo() implements Site {

        @Override
        public Outgoing answer(Incoming request) {
            return request.path().equals("/cut") ? null : text(200, request.path());
        }

        @Override
        public Outgoing refuse(int status, String message) {
            return text(status, message);
        }
    }

    static WebServer impatient() throws IOException {
        return started(new WebServer(new InetSocketAddress("127.0.0.1", 0), new Echo(), IMPATIENT));
    }

    static WebServer started(WebServer server) {
        server.start();
        return server;
    }

    static byte[] bytes(String request) {
        return request.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void doesNotWaitForSlowClients() throws IOException {
        try (var server = impatient();
                var socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(bytes("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\n1"));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void endsIdleConnections() throws IOException {
        try (var server = impatient();
                var socket = new Socket("127.0.0.1", server.port())) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void cutsWithoutAWord() throws IOException {
        try (var server = impatient()) {
            var answer = RawClient.exchange(server.port(), bytes("GET /cut HTTP/1.1\r\n\r\n"));
            assertThat(answer.head()).isEmpty();
        }
    }

    @Test
    void letsNoHeaderBreakItsLine() throws IOException {
        try (var server = impatient()) {
            var answer = RawClient.exchange(server.port(), bytes("GET /%C3%A4?x HTTP/1.0\r\n\r\n"));
            assertThat(answer.head()).doesNotContain("\nInjected");
            assertThat(answer.body()).isEqualTo("/ä");
        }
    }

    @Test
    void answersWhatIsUnderWayWhenItIsClosed() throws Exception {
        var asked = new CountDownLatch(1);
        var closing = new CountDownLatch(1);
        var server =
                started(new WebServer(new InetSocketAddress("127.0.0.1", 0), waiting(asked, closing), Limits.USUAL));
        try (var socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(bytes("GET / HTTP/1.0\r\n\r\n"));
            asked.await();
            var closed = Thread.ofVirtual().start(server::close);
            closing.countDown();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .endsWith("done");
            closed.join();
        }
    }

    @Test
    void doesNotWaitForTheNextRequestOfAConnection() throws Exception {
        var asked = new CountDownLatch(1);
        var closing = new CountDownLatch(1);
        var patient = new Limits(100, 60_000, 60_000, 60_000);
        var server = started(new WebServer(new InetSocketAddress("127.0.0.1", 0), waiting(asked, closing), patient));
        try (var socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(bytes("GET / HTTP/1.1\r\n\r\n"));
            asked.await();
            var closed = Thread.ofPlatform().start(server::close);
            Awaitility.await().until(() -> closed.getState() == Thread.State.TIMED_WAITING);
            closing.countDown();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .endsWith("done");
            assertThat(closed.join(Duration.ofSeconds(30))).isTrue();
        }
    }

    static Site waiting(CountDownLatch asked, CountDownLatch closing) {
        return new Site() {

            @Override
            public Outgoing answer(Incoming request) {
                asked.countDown();
                try {
                    closing.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return text(200, "done");
            }

            @Override
            public Outgoing refuse(int status, String message) {
                return text(status, message);
            }
        };
    }
}
