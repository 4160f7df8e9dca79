package io.drawdown.support.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.events.Topic;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PlatformIT {

    @BeforeAll
    static void start() {
        Platform.start(true, true, true);
    }

    @Test
    void givesADatabaseOfItsOwnToEveryoneWhoAsks() throws SQLException {
        var first = Platform.postgres().createDatabase();
        var second = Platform.postgres().createDatabase();

        execute(first, "create table only_here (id int)");
        execute(second, "create table only_here (id int)");
    }

    @Test
    void hasEveryTopicOfTheCatalogueWithItsPartitions() throws Exception {
        try (var admin =
                Admin.create(Map.of("bootstrap.servers", Platform.kafka().bootstrapServers()))) {
            var described = admin.describeTopics(Topic.names()).allTopicNames().get();

            assertThat(partitions(described)).isEqualTo(partitionsOfTheCatalogue());
        }
    }

    @Test
    void refusesASchemaThatBreaksAnEarlierVersion() throws Exception {
        assertThat(register("{\"type\": \"record\", \"name\": \"Probe\", \"fields\": []}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(register("{\"type\": \"record\", \"name\": \"Probe\", \"fields\":"
                                + " [{\"name\": \"added\", \"type\": \"string\"}]}")
                        .statusCode())
                .isEqualTo(409);
    }

    static void execute(PostgresServer.Database database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.username(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static Map<String, Integer> partitions(Map<String, TopicDescription> described) {
        return described.values().stream()
                .collect(Collectors.toMap(
                        TopicDescription::name, topic -> topic.partitions().size()));
    }

    static Map<String, Integer> partitionsOfTheCatalogue() {
        return Stream.of(Topic.values()).collect(Collectors.toMap(Topic::topicName, Topic::partitions));
    }

    static HttpResponse<String> register(String schema) throws Exception {
        var body = "{\"schema\": \"" + schema.replace("\"", "\\\"") + "\"}";
        var request = HttpRequest.newBuilder(URI.create(Platform.registry().url() + "/subjects/probe-value/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }
}
