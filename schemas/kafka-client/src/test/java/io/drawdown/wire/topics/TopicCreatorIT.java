package io.drawdown.wire.topics;

import static org.assertj.core.api.Assertions.assertThat;

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

    @Test
    void createsWhatIsMissingAndLeavesTheRestAlone() throws Exception {
        var servers = Platform.kafka().bootstrapServers();
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", servers))) {
            TopicCreator.create(servers, 1);
            admin.deleteTopics(List.of(Topic.Name.CRM_ACCOUNTS)).all().get();

            assertThat(TopicCreator.create(servers, 1)).isEqualTo(Set.of(Topic.Name.CRM_ACCOUNTS));
            assertThat(TopicCreator.create(servers, 1)).isEmpty();

            var topics = admin.describeTopics(Topic.names()).allTopicNames().get();
            for (var topic : Topic.values()) {
                assertThat(topics.get(topic.topicName()).partitions()).hasSize(topic.partitions());
            }
            var config = admin.describeConfigs(List.of(ACCOUNTS)).all().get().get(ACCOUNTS);
            assertThat(config.get("cleanup.policy").value()).isEqualTo("compact");
        }
    }
}
