package io.drawdown.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.drawdown.events.Topic;
import io.drawdown.events.billing.Customer;
import io.drawdown.support.test.FreePort;
import io.drawdown.support.test.Platform;
import io.drawdown.wire.avro.AvroSerializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.annotation.KafkaListener;

class RegistryOutageIT {

    @Test
    void waitsForTheRegistryAndPutsNothingAside() throws Exception {
        int port = FreePort.choose();
        RawKafka.write(Topic.Name.BILLING_CUSTOMERS, "cus_1", encoded("cus_1"));
        try (var service = start(port)) {
            var customers = service.getBean(Customers.class);
            await().during(Duration.ofSeconds(2)).until(() -> customers.keys.isEmpty());

            var registry = forwardTo(Platform.registry().url(), port);

            await().atMost(Duration.ofSeconds(20)).until(() -> customers.keys.contains("cus_1"));
            assertThat(topics()).doesNotContain("billing.customers.v1.outage-test.dlt");
            registry.stop(0);
        }
    }

    private static ConfigurableApplicationContext start(int registryPort) {
        return new SpringApplicationBuilder(Customers.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties(
                        "spring.application.name=outage-test",
                        "spring.kafka.bootstrap-servers=" + Platform.kafka().bootstrapServers(),
                        "drawdown.kafka.schema-registry-url=http://127.0.0.1:" + registryPort,
                        "drawdown.kafka.retry.max-interval=200ms",
                        "spring.kafka.consumer.properties.max.retries=0",
                        "spring.autoconfigure.exclude="
                                + "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
                .run();
    }

    private static byte[] encoded(String id) {
        try (var serializer = new AvroSerializer<Customer>()) {
            serializer.configure(
                    Map.of("schema.registry.url", Platform.registry().url()), false);
            return serializer.serialize(Topic.Name.BILLING_CUSTOMERS, Records.customer(id));
        }
    }

    private static HttpServer forwardTo(String target, int port) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        var client = HttpClient.newHttpClient();
        server.createContext("/", exchange -> {
            try (exchange) {
                var request = HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI()));
                var answer = client.send(request.build(), BodyHandlers.ofByteArray());
                exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
                exchange.getResponseBody().write(answer.body());
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        server.start();
        return server;
    }

    private static List<String> topics() throws Exception {
        try (var admin = Admin.create(
                Map.<String, Object>of("bootstrap.servers", Platform.kafka().bootstrapServers()))) {
            return List.copyOf(admin.listTopics().names().get());
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Customers {
        final List<String> keys = new CopyOnWriteArrayList<>();

        @KafkaListener(topics = Topic.Name.BILLING_CUSTOMERS)
        void on(ConsumerRecord<String, Customer> customer) {
            keys.add(customer.key());
        }
    }
}
