package io.drawdown.local.kafka;

import io.drawdown.local.process.Step;
import io.drawdown.wire.topics.TopicCreator;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/**
 * Creates the topics of the catalogue that are missing; the admin client waits for a broker that is still starting.
 *
 * @param bootstrapServers where the broker is
 */
public record Topics(String bootstrapServers) implements Step {

    private static final String LIMIT_MILLIS = "60000";

    @Override
    public void run() throws IOException {
        var admin = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LIMIT_MILLIS,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "500");
        try {
            TopicCreator.create(admin, 1);
        } catch (KafkaException e) {
            throw new IOException("the topics could not be created: " + e.getMessage(), e);
        }
    }
}
