package io.drawdown.wire.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.Topic;
import io.drawdown.support.test.Platform;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

class TopicCreatorIT {

    private static final ConfigResource ACCOUNTS =
            new ConfigResource(ConfigResource.Type.TOPIC, Topic.Name.CRM_ACCOUNTS);

    private static void assertPartitions(Admin admin) throws Exception {
        var topics = admin.describeTopics(Topic.names()).allTopicNames().get();
        for (var topic : Topic.values()) {
            assertThat(topics.get(topic.topicName()).partitions()).hasSize(topic.partitions());
        }
    }

    @Test
    void createsWhatIsMissingAndLeavesTheRestAlone() throws Exception {
        var servers = Platform.kafka().bootstrapServers();
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", servers))) {
            TopicCreator.create(servers, 1);
            await().ignoreExceptions().untilAsserted(() -> assertPartitions(admin));
            admin.deleteTopics(List.of(Topic.Name.CRM_ACCOUNTS)).all().get();

            await().untilAsserted(() ->
                    assertThat(TopicCreator.create(servers, 1)).isEqualTo(Set.of(Topic.Name.CRM_ACCOUNTS)));
            assertThat(TopicCreator.create(servers, 1)).isEmpty();

            await().ignoreExceptions().untilAsserted(() -> assertPartitions(admin));
            var config = admin.describeConfigs(List.of(ACCOUNTS)).all().get().get(ACCOUNTS);
            assertThat(config.get("cleanup.policy").value()).isEqualTo("compact");
        }
    }

    /** One broker's word is not enough where there are others. */
    @Test
    void aRecordThatCountsAsStoredIsOnTwoBrokersOfThree() {
        assertThat(Topic.values()).allSatisfy(topic -> {
            assertThat(TopicCreator.settings(topic, 3)).containsEntry("min.insync.replicas", "2");
            assertThat(TopicCreator.settings(topic, 1)).isEqualTo(topic.settings());
            assertThat(TopicCreator.settings(topic, -1)).isEqualTo(topic.settings());
        });
    }
}
