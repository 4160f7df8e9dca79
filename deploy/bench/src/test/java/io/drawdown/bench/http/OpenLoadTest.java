package io.drawdown.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.drawdown.bench.measure.Arrivals;
import io.drawdown.bench.measure.Delays;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenLoadTest {

    private static final int REQUESTS = 40;
    private static final int PER_SECOND = 400;

    private final Set<String> bodies = ConcurrentHashMap.newKeySet();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void sendsEachRequestOnceWithItsHeaders() {
        server.createContext("/", exchange -> answer(exchange, 202));
        var answered = new Delays(REQUESTS);

        load("X-Key: k").run(REQUESTS, Arrivals.at(PER_SECOND), this::send, answered);

        assertThat(bodies).hasSize(REQUESTS).contains("k 0", "k 39");
        assertThat(answered.areComplete()).isTrue();
    }

    @Test
    void countsFromWhenARequestWasDueNotFromWhenItWasSent() {
        server.createContext("/", exchange -> answer(exchange, 200));
        var answered = new Delays(REQUESTS);
        var arrivals = new Arrivals(System.nanoTime() - 5_000_000_000L, PER_SECOND);

        load("X-Key: k").run(REQUESTS, arrivals, this::send, answered);

        assertThat(answered.quantiles().p50()).isGreaterThan(4_500);
    }

    @Test
    void endsWhenARequestIsRefused() {
        server.createContext("/", exchange -> answer(exchange, 500));

        assertThatThrownBy(() -> load("X-Key: k").run(1, Arrivals.at(PER_SECOND), this::send, new Delays(1)))
                .hasMessageContaining("500");
    }

    private OpenLoad load(String header) {
        return new OpenLoad(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), List.of(header), 2);
    }

    private void send(Connection connection, int number) throws IOException {
        connection.send("POST", "/v1/things", Integer.toString(number));
    }

    private void answer(HttpExchange exchange, int status) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            bodies.add(exchange.getRequestHeaders().getFirst("X-Key") + " " + body);
            exchange.sendResponseHeaders(status, 2);
            exchange.getResponseBody().write(new byte[] {'{', '}'});
        }
    }
}
