package io.drawdown.wallet.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.Topic;
import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaAdmin;

/** A database and topics of different ages, or of different clusters. */
@ExtendWith(OutputCaptureExtension.class)
class UsageTopicsIT extends WalletIntegrationTest {

    private final String account = Outside.unique("acc");

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private KafkaListenerEndpointRegistry listeners;

    @Autowired
    private KafkaAdmin kafka;

    private WalletClient wallet;
    private String meter;

    @BeforeEach
    void use() {
        wallet = new WalletClient(billing, account);
        wallet.open();
        meter = outside.meteredAt("1", "USD");
        outside.usage(account, meter, "1");
        settles("-1");
    }

    @Test
    void drawsNothingDownFromAnotherTopicOfTheSameNameUntilItIsToldTo(CapturedOutput log) {
        var known = jdbc.sql("select topic_id from usage_topic where name = ?")
                .param(Topic.Name.USAGE_EVENTS)
                .query(String.class)
                .single();
        whileStopped(() -> name("another"));
        outside.usage(account, meter, "2");
        await().until(() ->
                log.getAll().contains("usage.events.v1 (" + known + ") is not the topic of which this database knows"));
        await().during(Duration.ofMillis(300)).until(() -> wallet.settled().intValueExact() == -1);

        name(known);
        settles("-3");
    }

    @Test
    void drawsNothingDownFromATopicThatHasLostItsEndUntilItIsToldTo(CapturedOutput log) {
        int partition = Outside.partition(account);
        var before = next(partition);
        whileStopped(() -> move(partition, before + 100));
        outside.usage(account, meter, "2");
        await().until(() -> log.getAll().contains("usage.accepted.v1-" + partition + " ends at "));
        for (var other : otherPartitions(partition)) {
            goesOn(other);
        }
        assertThat(wallet.settled()).isEqualByComparingTo("-1");
        assertThat(jdbc.sql("select count(*) from parked_usage where account_id = ?")
                        .param(account)
                        .query(Integer.class)
                        .single())
                .isZero();

        move(partition, before);
        settles("-3");
    }

    /** The mark of a transaction is no record, and may be all that was deleted unread. */
    @Test
    void goesOnBehindAMarkThatWasDeletedUnreadAndNotBehindARecord(CapturedOutput log) throws Exception {
        int partition = Outside.partition(account);
        deleteBefore(partition, next(partition));
        whileStopped(() -> move(partition, next(partition) - 1));
        outside.usage(account, meter, "2");
        settles("-3");

        var before = next(partition);
        deleteBefore(partition, before);
        whileStopped(() -> move(partition, before - 2));
        outside.usage(account, meter, "4");
        await().until(() -> log.getAll().contains("usage.accepted.v1-" + partition + " begins at " + before));
        assertThat(wallet.settled()).isEqualByComparingTo("-3");

        move(partition, before);
        settles("-7");
    }

    private void deleteBefore(int partition, long offset) throws Exception {
        try (var client = Admin.create(kafka.getConfigurationProperties())) {
            client.deleteRecords(Map.of(
                            new TopicPartition(Topic.Name.USAGE_ACCEPTED, partition),
                            RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    private static Collection<String> otherPartitions(int partition) {
        return Stream.generate(() -> Outside.unique("acc"))
                .limit(100)
                .filter(other -> Outside.partition(other) != partition)
                .collect(Collectors.toMap(Outside::partition, other -> other, (one, _) -> one))
                .values();
    }

    private void goesOn(String other) {
        var itsWallet = new WalletClient(billing, other);
        itsWallet.open();
        outside.usage(other, meter, "4");
        await().untilAsserted(() -> assertThat(itsWallet.settled()).isEqualByComparingTo("-4"));
    }

    private void whileStopped(Runnable change) {
        var usage = listeners.getListenerContainer(UsageListener.ID);
        usage.stop();
        change.run();
        usage.start();
    }

    private void name(String topicId) {
        jdbc.sql("update usage_topic set topic_id = ? where name = ?")
                .params(topicId, Topic.Name.USAGE_EVENTS)
                .update();
    }

    private long next(int partition) {
        return jdbc.sql("select next_offset from usage_position where source_partition = ?")
                .param(partition)
                .query(Long.class)
                .single();
    }

    private void move(int partition, long next) {
        jdbc.sql("update usage_position set next_offset = ? where source_partition = ?")
                .params(next, partition)
                .update();
    }

    private void settles(String amount) {
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo(amount));
    }
}
