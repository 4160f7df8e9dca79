package io.drawdown.support.test;

import io.drawdown.events.Topic;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.testcontainers.kafka.KafkaContainer;

/** A running Kafka broker with every topic of the catalogue. Like a production broker it creates no topic by itself. */
public final class KafkaServer {

    private static final String IMAGE = "apache/kafka:4.2.1";

    /** One broker is enough for every internal topic, and what a test never needs is kept small. */
    private static final Map<String, String> SETTINGS = Map.of(
            "auto.create.topics.enable", "false",
            "group.initial.rebalance.delay.ms", "0",
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1",
            "log.cleaner.dedupe.buffer.size", "2097152");

    private final String bootstrapServers;

    private KafkaServer(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** As the client setting {@code bootstrap.servers} wants it. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    static KafkaServer start() {
        var server = new KafkaServer(Docker.isAvailable() ? inContainer() : embedded());
        server.createTopics();
        return server;
    }

    @SuppressWarnings("resource") // Testcontainers' own reaper stops the container when this JVM is gone.
    private static String inContainer() {
        var container = new KafkaContainer(IMAGE);
        SETTINGS.forEach((name, value) ->
                container.withEnv("KAFKA_" + name.replace('.', '_').toUpperCase(Locale.ROOT), value));
        container.start();
        return container.getBootstrapServers();
    }

    private static String embedded() {
        var broker = new EmbeddedKafkaKraftBroker(1, 1);
        broker.brokerProperties(SETTINGS);
        broker.afterPropertiesSet();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopQuietly(broker), "kafka-stop"));
        return broker.getBrokersAsString();
    }

    /**
     * Kafka's own shutdown hook deletes the broker's folder at the same time, and clients of contexts that are still open
     * lose their broker; at the end of a JVM neither is news.
     */
    private static void stopQuietly(EmbeddedKafkaKraftBroker broker) {
        var logging = LoggingSystem.get(KafkaServer.class.getClassLoader());
        Stream.of("kafka", "org.apache.kafka", "state.change.logger")
                .forEach(logger -> logging.setLogLevel(logger, LogLevel.OFF));
        broker.destroy();
    }

    private void createTopics() {
        var topics = Stream.of(Topic.values()).map(KafkaServer::newTopic).toList();
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            admin.createTopics(topics).all().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while topics were being created", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker at " + bootstrapServers + " refused a topic", e.getCause());
        }
    }

    private static NewTopic newTopic(Topic topic) {
        return new NewTopic(topic.topicName(), topic.partitions(), (short) 1).configs(topic.settings());
    }
}
