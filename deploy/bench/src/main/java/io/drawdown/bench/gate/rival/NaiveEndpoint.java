package io.drawdown.bench.gate.rival;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.drawdown.bench.rival.Counter;
import io.drawdown.bench.rival.RivalSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Usage over HTTP as it is written first: parse, send an event, wait for the broker, send the next. */
public final class NaiveEndpoint {

    private static final String TOPIC = "rival.naive.events";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final KafkaProducer<String, String> producer;
    private final Counter counter = Counter.printing();

    private NaiveEndpoint(RivalSettings settings) {
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        settings.kafka(),
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        // It has nothing to wait for: the next event is sent when this one is stored.
                        ProducerConfig.LINGER_MS_CONFIG,
                        0),
                new StringSerializer(),
                new StringSerializer());
    }

    /** Listens on the port in BENCH_PORT. */
    public static void main(String[] arguments) throws IOException {
        var settings = RivalSettings.fromEnvironment();
        settings.createTopic(TOPIC);
        var endpoint = new NaiveEndpoint(settings);
        var port = Integer.parseInt(System.getenv("BENCH_PORT"));
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/events", endpoint::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = JSON.readTree(exchange.getRequestBody());
            for (var event : body.isArray() ? body : JSON.createArrayNode().add(body)) {
                send(event);
            }
            exchange.sendResponseHeaders(202, 2);
            exchange.getResponseBody().write(new byte[] {'{', '}'});
        }
    }

    private void send(JsonNode event) throws IOException {
        try {
            producer.send(new ProducerRecord<>(TOPIC, event.path("subject").asString(""), event.toString()))
                    .get();
            counter.add(1);
        } catch (ExecutionException e) {
            throw new IOException("Kafka did not take an event", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
