package io.drawdown.bench.rival;

import io.drawdown.events.Topic;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.wire.avro.AvroDeserializer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Where a rival finds its records and keeps its results; handed over as environment variables.
 *
 * @param kafka the brokers' addresses
 * @param schemaRegistry the registry's address
 * @param jdbcUrl a database of the rival's own, with user and password
 */
public record RivalSettings(String kafka, String schemaRegistry, String jdbcUrl) {

    private static final int RECORDS_PER_POLL = 5_000;

    public static RivalSettings fromEnvironment() {
        return new RivalSettings(
                variable("BENCH_KAFKA"), variable("BENCH_SCHEMA_REGISTRY"), variable("BENCH_JDBC_URL"));
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl);
    }

    /** A consumer of decoded usage, in the group of the rival. */
    public KafkaConsumer<String, UsageAccepted> consumer(String group) {
        return consumer(group, deserializer());
    }

    public <V> KafkaConsumer<String, V> consumer(String group, Deserializer<V> values) {
        var settings = Map.<String, Object>of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ConsumerConfig.GROUP_ID_CONFIG,
                group,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                RECORDS_PER_POLL,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                4 << 20,
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                64 << 10);
        return new KafkaConsumer<>(settings, new StringDeserializer(), values);
    }

    public <V extends SpecificRecord> Deserializer<V> deserializer() {
        var deserializer = new AvroDeserializer<V>();
        deserializer.configure(Map.of("schema.registry.url", schemaRegistry, "specific.avro.reader", true), false);
        return deserializer;
    }

    /** Makes a topic of the rival's own, with as many partitions as usage has. */
    public void createTopic(String name) {
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka))) {
            var topic = new NewTopic(name, Topic.USAGE_EVENTS.partitions(), (short) 1);
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka did not make topic " + name + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while making topic " + name, e);
        }
    }

    private static String variable(String name) {
        var value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set: rivals are started by the benchmark");
        }
        return value;
    }
}
