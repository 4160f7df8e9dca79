package io.drawdown.usage.gate;

import static io.drawdown.usage.UsageLab.event;
import static io.drawdown.usage.UsageLab.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.Topic;
import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.crm.AccountStatus;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.events.usage.UsageCorrection;
import io.drawdown.events.usage.UsageRejected;
import io.drawdown.events.usage.UsageReplacement;
import io.drawdown.support.test.ServiceClient;
import io.drawdown.usage.UsageLab;
import io.drawdown.usage.UsageServiceTest;
import io.drawdown.usage.directory.AcceptanceProperties;
import io.drawdown.usage.directory.Admissions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The gate stopped and started again. A crash is told by setting the group's position back: what was judged after the last
 * commit is read again, while the claims are there already.
 */
@UsageServiceTest
class RestartIT {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    UsageLab lab;

    @Autowired
    GateStreams gate;

    @Autowired
    GateHealth health;

    @Autowired
    GateProperties properties;

    @Autowired
    KafkaAdmin admin;

    @Autowired
    ProducerFactory<?, ?> producers;

    @Autowired
    AcceptanceProperties acceptance;

    @Autowired
    Processors processors;

    @Autowired
    Admissions admissions;

    @Autowired
    JdbcTemplate jdbc;

    @LocalServerPort
    int port;

    String account;
    String type;
    final String id = fresh("evt");

    @BeforeEach
    void know() {
        account = lab.activeAccount();
        type = lab.meter(Aggregation.SUM);
    }

    @Test
    void recognisesARepeatAndWhatIsVoidAfterItsLocalStateIsLost() throws IOException {
        var original = send(id, "1");
        lab.accepted(id);
        var correction = voiding();
        lab.correct(account, correction);
        lab.corrected(correction.getId());

        gate.stop();
        assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(FileSystemUtils.deleteRecursively(properties.stateDir())).isTrue();
        send(id, "1");
        lab.correct(account, correction);
        start();

        assertThat(acceptedOffsets()).containsOnly(original.offset());
        assertThat(corrected(correction)).hasSize(1);
        assertThat(refusalOf(replacing("2"))).isEqualTo("voided-already");
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    /** What was taken over HTTP waits for the gate, and the key goes to another account meanwhile. */
    @Test
    void chargesTheAccountThatTheKeyBelongedToWhenTheUsageWasTaken() {
        var key = fresh("key");
        var former = lab.activeAccount(key);
        await().atMost(PATIENCE).until(() -> isKeyOf(key, former));
        gate.stop();
        report(key);

        move(key, former);
        start();

        assertThat(lab.accepted(id, 1)).extracting(ConsumerRecord::key).containsExactly(former);
    }

    /** The same of what waited for somebody to get the key. */
    @Test
    void chargesTheAccountThatTheKeyWentToFirst() {
        var key = fresh("key");
        report(key);
        await().atMost(PATIENCE).until(() -> waiting(key) == 1);
        gate.stop();
        var former = lab.activeAccount(key);
        await().atMost(PATIENCE).until(() -> waiting(key) == 0);

        move(key, former);
        start();

        assertThat(lab.accepted(id, 1)).extracting(ConsumerRecord::key).containsExactly(former);
    }

    private void report(String key) {
        ServiceClient.at(port, "ingest-key")
                .post()
                .uri("/v1/events")
                .contentType(MediaType.valueOf("application/cloudevents+json"))
                .bodyValue("""
                        {"specversion":"1.0","id":"%s","source":"/lab","type":"%s","subject":"%s","data":{"value":1}}""".formatted(id, type, key))
                .exchange()
                .expectStatus()
                .isAccepted();
    }

    private int waiting(String subject) {
        return jdbc.queryForList("select 1 from rejected_event where parked and subject = ?", subject)
                .size();
    }

    /** To an account that is new. */
    private void move(String key, String former) {
        lab.publish(UsageLab.account(former, AccountStatus.ACTIVE));
        var owner = lab.activeAccount(key);
        await().atMost(PATIENCE).until(() -> isKeyOf(key, owner));
    }

    private boolean isKeyOf(String key, String accountId) {
        var known = admissions.forRequests().account(key);
        return known != null && known.accountId().equals(accountId);
    }

    /** An instance that never had the partition, on an empty disk, takes over while the first one goes. */
    @Test
    void recognisesARepeatOnAnotherInstanceWithAnEmptyDisk(@TempDir Path disk) {
        var original = send(id, "1");
        lab.accepted(id);
        var second = new GateConfiguration()
                .gateStreams("usage-ingest-service", admin, producers, onDisk(disk), acceptance, processors);

        second.start();
        await().atMost(PATIENCE).until(() -> second.state() == KafkaStreams.State.RUNNING);
        gate.stop();
        send(id, "1");
        assertThat(acceptedOffsets()).containsOnly(original.offset());
        second.stop();
        start();

        send(id, "1");
        assertThat(acceptedOffsets()).containsOnly(original.offset());
    }

    @Test
    void sendsNoPositionOnAgainThatComesAgainAfterACrashAndNoRepeatOfIt() {
        var original = send(id, "1");
        send(id, "1");
        assertThat(acceptedOffsets()).containsExactly(original.offset());

        crashBackTo(original);

        assertThat(acceptedOffsets()).containsExactly(original.offset());
    }

    /** What a run claimed and did not send counts for nothing: nobody has seen it. */
    @Test
    void judgesAnewWhatWasClaimedAndNeverSent() {
        var original = send(id, "1");
        lab.accepted(id);

        gate.stop();
        forgetAccepted(original.partition());
        lab.close(account);
        setBackTo(original);
        start();

        assertThat(lab.rejected(id).getReason()).isEqualTo("closed-account");
    }

    @Test
    void restoresWhatWasSentWhenTheCrashLostIt() {
        gate.stop();
        var sent = send(id, "1");
        lab.sendAccepted(sent, id, account, "mtr_" + type);
        var correction = voiding();
        var requested = lab.correct(account, correction);
        lab.sendVoided(requested, correction, "mtr_" + type, sent.offset());
        send(id, "1");
        start();

        assertThat(acceptedOffsets()).containsExactly(sent.offset());
        assertThat(corrected(correction)).hasSize(1);
        assertThat(refusalOf(replacing("2"))).isEqualTo("voided-already");
    }

    /** Those who do not wait for commits have seen it. */
    @Test
    void sendsOnceMoreWhatACrashLeftWithoutACommitAlthoughTheAccountHasClosedSince() throws Exception {
        gate.stop();
        var sent = send(id, "1");
        lab.sendAcceptedWithoutCommit(sent, id, account, "mtr_" + type);
        lab.close(account);
        start();

        var committed = lab.committed(id, 1);
        assertThat(committed).extracting(UsageAccepted::getSourceOffset).containsExactly(sent.offset());
        assertThat(lab.accepted(id, 2))
                .extracting(ConsumerRecord::value)
                .containsExactly(committed.getFirst(), committed.getFirst());
    }

    /** As a run leaves it that sends again what was sent before, commits the first of it, and ends. */
    @Test
    void restoresWhatWasSentWhenAnEarlierPositionStandsBehindIt() {
        gate.stop();
        var early = fresh("evt");
        var settled = send(early, "1");
        var sent = send(id, "1");
        lab.sendAccepted(settled, early, account, "mtr_" + type);
        lab.sendAccepted(sent, id, account, "mtr_" + type);
        start();
        assertThat(acceptedOffsets()).containsExactly(sent.offset());

        gate.stop();
        lab.sendAccepted(settled, early, account, "mtr_" + type);
        setBackTo(sent);
        start();

        assertThat(acceptedOffsets()).containsExactly(sent.offset());
        send(id, "1");
        assertThat(acceptedOffsets()).containsExactly(sent.offset());
    }

    @Test
    void refusesAgainWhatItRefusedBeforeTheCrashAndLetsItsReplayThrough() {
        type = fresh("calls");
        var refused = send(id, "1");
        lab.rejected(id);
        lab.makeMeter(type, Aggregation.SUM, "value");
        var later = fresh("evt");
        send(later, "1");
        lab.accepted(later);

        crashBackTo(refused);

        assertThat(acceptedOffsets()).isEmpty();
        assertThat(lab.rejected(id, 2))
                .extracting(UsageRejected::getReason)
                .containsExactly("unknown-meter", "refused-before");
        var replayed = send(id, "1");
        assertThat(acceptedOffsets()).containsExactly(replayed.offset());
    }

    /** The gate stops half-way through what it reads again: what lies behind is still recognised as sent. */
    @Test
    void remembersAcrossTwoStopsHowFarAnEarlierRunHadCome() {
        type = fresh("calls");
        var first = send(fresh("evt"), "1");
        var refused = send(id, "1");
        lab.rejected(id);
        lab.makeMeter(type, Aggregation.SUM, "value");
        var later = fresh("evt");
        send(later, "1");
        lab.accepted(later);

        crashBackTo(first);
        lab.rejected(id, 2);
        // As if the run before had committed between the two, and its records were the last of the log.
        gate.stop();
        forgetAccepted(first.partition());
        setBackTo(refused);
        start();

        assertThat(acceptedOffsets()).isEmpty();
    }

    @Test
    void keepsToTheMendedCopyWhenTheRefusedOriginalWouldPassAfterACrash() {
        type = fresh("calls");
        var refused = send(id, "1");
        lab.rejected(id);
        lab.makeMeter(type, Aggregation.SUM, "value");
        var mended = send(id, "1");
        assertThat(acceptedOffsets()).containsExactly(mended.offset());

        crashBackTo(refused);

        assertThat(acceptedOffsets()).containsExactly(mended.offset());
    }

    @Test
    void sendsNoCorrectionOnAgainThatComesAgainAfterACrash() {
        var original = send(id, "5");
        lab.accepted(id);
        var correction = replacing("3");
        lab.correct(account, correction);
        lab.corrected(correction.getId());

        crashBackTo(original);

        assertThat(corrected(correction)).hasSize(1);
        var next = voiding();
        lab.correct(account, next);
        assertThat(lab.corrected(next.getId()).getBefore().getValue()).isEqualTo("3");
    }

    /** What was claimed may never have been sent: then it is judged by what stood before it. */
    @Test
    void sendsTheSameCorrectionsOnThatWereClaimedButNeverSent() {
        var original = send(id, "1");
        lab.accepted(id);
        var first = replacing("3");
        var begin = lab.correct(account, first);
        var second = voiding();
        lab.correct(account, second);
        lab.corrected(second.getId());

        gate.stop();
        forgetAccepted(original.partition());
        lab.sendAccepted(original, id, account, "mtr_" + type);
        setBackTo(begin);
        start();

        assertThat(lab.corrected(first.getId(), 2))
                .allSatisfy(again -> assertThat(again.getBefore().getValue()).isEqualTo("1"));
        assertThat(lab.corrected(second.getId(), 2))
                .allSatisfy(again -> assertThat(again.getBefore().getValue()).isEqualTo("3"));
    }

    UsageCorrection voiding() {
        return new UsageCorrection(fresh("cor"), account, id, "/lab", null, "test", "lab");
    }

    UsageCorrection replacing(String value) {
        var replacement = new UsageReplacement(value, null, null);
        return new UsageCorrection(fresh("cor"), account, id, "/lab", replacement, "test", "lab");
    }

    String refusalOf(UsageCorrection correction) {
        lab.correct(account, correction);
        return lab.rejected(correction.getId()).getReason();
    }

    /** After everything that was sent so far has been judged. */
    List<UsageCorrected> corrected(UsageCorrection correction) {
        var marker = fresh("evt");
        send(marker, "1");
        return lab.correctedBefore(marker, correction.getId());
    }

    GateProperties onDisk(Path disk) {
        return new GateProperties(
                disk,
                properties.streamThreads(),
                properties.standbyReplicas(),
                properties.commitInterval(),
                properties.stateMemory());
    }

    /** As if the broker had never got the accepted records of a partition. */
    void forgetAccepted(int partition) {
        var accepted = new TopicPartition(Topic.Name.USAGE_ACCEPTED, partition);
        try (var client = Admin.create(admin.getConfigurationProperties())) {
            client.deleteRecords(Map.of(accepted, RecordsToDelete.beforeOffset(-1)))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }

    RecordMetadata send(String eventId, String value) {
        return lab.send(account, event(eventId, type, account, value));
    }

    void crashBackTo(RecordMetadata position) {
        gate.stop();
        setBackTo(position);
        start();
    }

    void setBackTo(RecordMetadata position) {
        var partition = new TopicPartition(Topic.Name.USAGE_EVENTS, position.partition());
        try (var client = Admin.create(admin.getConfigurationProperties())) {
            client.alterConsumerGroupOffsets(
                            "usage-ingest-service", Map.of(partition, new OffsetAndMetadata(position.offset())))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }

    void start() {
        gate.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> gate.state() == KafkaStreams.State.RUNNING);
    }

    /** After everything that was sent so far has been judged. */
    List<Long> acceptedOffsets() {
        var marker = fresh("evt");
        send(marker, "1");
        return lab.acceptedBefore(marker, id).stream()
                .map(out -> out.value().getSourceOffset())
                .toList();
    }
}
