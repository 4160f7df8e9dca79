package io.drawdown.reporting.source;

import io.drawdown.events.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/** Asks the broker where topics end, and waits two seconds at most. */
@Component
class TopicEnds implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(TopicEnds.class);
    private static final int TIMEOUT_SECONDS = 2;

    private final Admin admin;

    TopicEnds(KafkaAdmin configuration) {
        this.admin = Admin.create(configuration.getConfigurationProperties());
    }

    /** The first offset of each partition that no record has yet; null when the broker does not answer. */
    @Nullable
    Map<TopicPartition, Long> of(Collection<Topic> topics) {
        try {
            return ends(topics.stream().map(Topic::topicName).toList());
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn(
                    "The broker does not say where the topics end, so how far behind the reports are is not known: {}",
                    e.toString());
            return null;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private Map<TopicPartition, Long> ends(List<String> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        var described = admin.describeTopics(topics)
                .allTopicNames()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .values();
        var wanted = described.stream()
                .flatMap(topic -> partitions(topic).stream())
                .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
        var ends = new HashMap<TopicPartition, Long>();
        admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static List<TopicPartition> partitions(TopicDescription topic) {
        return topic.partitions().stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                .toList();
    }

    @Override
    public void destroy() {
        admin.close(Duration.ofSeconds(1)); // Without a limit it would wait for a broker that is gone.
    }
}
