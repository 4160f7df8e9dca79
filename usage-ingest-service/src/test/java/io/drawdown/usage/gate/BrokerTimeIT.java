package io.drawdown.usage.gate;

import static io.drawdown.usage.UsageLab.event;
import static io.drawdown.usage.UsageLab.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.Topic;
import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.usage.UsageEvent;
import io.drawdown.usage.UsageLab;
import io.drawdown.usage.UsageServiceTest;
import io.drawdown.usage.domain.Usage;
import io.drawdown.usage.wire.UsageEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;

/** A topic that was set up without the broker's time, had records, and was put right before the gate opened. */
@UsageServiceTest
@ExtendWith(OutputCaptureExtension.class)
class BrokerTimeIT {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Its claim would be dropped at once, and the repeat be charged. */
    static final Instant LONG_AGO = Instant.now().minus(Duration.ofDays(60));

    @Autowired
    UsageLab lab;

    @Autowired
    UsageEncoder encoder;

    @Autowired
    GateStreams gate;

    @Autowired
    KafkaAdmin admin;

    @Autowired
    ProducerFactory<?, ?> producers;

    final String id = fresh("evt");

    /** The offset of the last record that has the time it was sent with. */
    long lastOfOurs;

    /** The gate's failures are what is waited for. */
    @BeforeEach
    void leaveFailuresToTheGate() {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    @AfterEach
    void takeFailuresForOurs() {
        Awaitility.reset();
    }

    @Test
    void goesNotPastARecordThatItsProducerHasDated(CapturedOutput log) throws Exception {
        var account = lab.activeAccount();
        var type = lab.meter(Aggregation.SUM);
        var usage = encoder.event(new Usage(id, "/lab", type, account, null, Map.of("value", "1")));
        int partition =
                lab.send(account, event(fresh("evt"), type, account, "1")).partition();

        try {
            sendTwiceWithOurDates(partition, account, event(fresh("evt"), type, account, "1"), usage);
            await().atMost(PATIENCE)
                    .until(() -> log.getAll()
                            .contains("usage.events.v1-" + partition + " has a record at offset " + lastOfOurs + " "));
        } finally {
            forgetWhatStandsIn(partition);
        }
        await().atMost(PATIENCE).until(() -> gate.state() == KafkaStreams.State.RUNNING);
        var marker = fresh("evt");
        lab.send(account, event(marker, type, account, "1"));
        assertThat(lab.acceptedBefore(marker, id)).isEmpty();
    }

    /** Leaves the topic and the gate as they were, whatever comes of it. */
    private void sendTwiceWithOurDates(int partition, String account, UsageEvent ofToday, byte[] usage)
            throws Exception {
        gate.stop();
        lab.send(account, ofToday); // Claims of long ago are dropped behind it.
        try {
            datedBy("CreateTime", partition);
            var first = send(partition, account, usage);
            var second = send(partition, account, usage);
            assertThat(List.of(first.timestamp(), second.timestamp())).containsOnly(LONG_AGO.toEpochMilli());
        } finally {
            try {
                datedBy("LogAppendTime", partition);
            } finally {
                gate.start();
            }
        }
    }

    /** Returns when the broker does so. */
    private void datedBy(String timestampType, int partition) {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, Topic.Name.USAGE_EVENTS);
        var setting = new ConfigEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, timestampType);
        try (var client = Admin.create(admin.getConfigurationProperties())) {
            client.incrementalAlterConfigs(Map.of(topic, List.of(new AlterConfigOp(setting, AlterConfigOp.OpType.SET))))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
        boolean isOurs = timestampType.equals("CreateTime");
        await().atMost(PATIENCE)
                .until(() -> (send(partition, "probe", new byte[1]).timestamp() == LONG_AGO.toEpochMilli()) == isOurs);
    }

    private RecordMetadata send(int partition, String key, byte[] value) throws Exception {
        try (var producer = new KafkaProducer<>(
                producers.getConfigurationProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            var sent = producer.send(new ProducerRecord<>(
                            Topic.Name.USAGE_EVENTS,
                            partition,
                            LONG_AGO.toEpochMilli(),
                            key.getBytes(StandardCharsets.UTF_8),
                            value))
                    .get();
            if (sent.timestamp() == LONG_AGO.toEpochMilli()) {
                lastOfOurs = sent.offset();
            }
            return sent;
        }
    }

    /** One of the ways out that the message names. */
    private void forgetWhatStandsIn(int partition) {
        var events = new TopicPartition(Topic.Name.USAGE_EVENTS, partition);
        try (var client = Admin.create(admin.getConfigurationProperties())) {
            client.deleteRecords(Map.of(events, RecordsToDelete.beforeOffset(-1)))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }
}
