package io.drawdown.wire;

import static io.drawdown.wire.Records.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.Topic;
import io.drawdown.events.crm.Account;
import io.drawdown.wire.outbox.Outbox;
import io.drawdown.wire.outbox.OutboxBacklog;
import io.drawdown.wire.outbox.OutboxHealth;
import io.drawdown.wire.outbox.OutboxRelay;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@WireIntegrationTest
class OutboxIT {

    @Autowired
    Outbox outbox;

    @Autowired
    OutboxRelay relay;

    @Autowired
    OutboxBacklog backlog;

    @Autowired
    OutboxHealth health;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestService.Accounts accounts;

    @Autowired
    MeterRegistry metrics;

    @Autowired
    ObservationRegistry observations;

    @Autowired
    Tracer tracer;

    @AfterEach
    void relayAgain() {
        if (!relay.isRunning()) {
            relay.start();
        }
        await().until(() -> backlog.size() == 0);
    }

    @Test
    void sendsWhatIsCommittedWithHeaders() {
        append("ob-1", "Committed");

        await().until(() -> accounts.handledKeys().contains("ob-1"));
        var headers = EventHeaders.readFrom(handled("ob-1").headers());
        assertThat(headers).isNotNull();
        assertThat(headers.source()).isEqualTo("wire-test");
        assertThat(headers.type()).isEqualTo("io.drawdown.events.crm.Account");
        assertThat(handled("ob-1").value()).isEqualTo(account("ob-1", "Committed"));
    }

    @Test
    void neverSendsWhatIsRolledBack() {
        transactions.executeWithoutResult(status -> {
            outbox.append(Topic.CRM_ACCOUNTS, "ob-rolled-back", account("ob-rolled-back", "Never"));
            status.setRollbackOnly();
        });
        append("ob-after-roll-back", "After");

        await().until(() -> accounts.handledKeys().contains("ob-after-roll-back"));
        assertThat(accounts.handledKeys()).doesNotContain("ob-rolled-back");
    }

    @Test
    void refusesToAppendOutsideATransaction() {
        assertThatThrownBy(() -> outbox.append(Topic.CRM_ACCOUNTS, "ob-bare", account("ob-bare", "Bare")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("outside a transaction");
    }

    @Test
    void refusesARecordThatIsNotOfTheTopic() {
        assertThatThrownBy(() -> transactions.executeWithoutResult(
                        status -> outbox.append(Topic.CATALOG_METERS, "ob-wrong", account("ob-wrong", "Wrong"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not carry");
    }

    @Test
    void keepsTheOrderOfAKey() {
        var names = IntStream.range(0, 40).mapToObj(i -> "name-" + i).toList();
        names.forEach(name -> append("ob-ordered", name));

        await().until(() -> namesOf("ob-ordered").size() >= names.size());
        assertThat(namesOf("ob-ordered")).isEqualTo(names);
    }

    @Test
    void sendsTheOrderOfCommitsWhenTwoTransactionsRace() throws Exception {
        var firstHasAppended = new CountDownLatch(1);
        var first = Thread.ofVirtual()
                .start(() -> transactions.executeWithoutResult(status -> {
                    outbox.append(Topic.CRM_ACCOUNTS, "ob-race", account("ob-race", "first"));
                    firstHasAppended.countDown();
                    await().until(this::anotherAppenderWaits);
                }));
        firstHasAppended.await();
        append("ob-race", "second");
        first.join();

        await().until(() -> namesOf("ob-race").size() >= 2);
        assertThat(namesOf("ob-race")).containsExactly("first", "second");
    }

    @Test
    void sendsWhatWasLeftBehindAndKeepsTheIdOfARepeat() {
        relay.stop();
        append("ob-repeat", "Repeat");
        jdbc.sql("create table if not exists sent_before as select * from wire_outbox with no data")
                .update();
        jdbc.sql("insert into sent_before select * from wire_outbox where record_key = 'ob-repeat'")
                .update();
        relay.start();
        await().until(() -> namesOf("ob-repeat").size() == 1);
        await().until(() -> backlog.size() == 0);

        // As after a crash between Kafka's acknowledgement and the delete.
        jdbc.sql("""
                insert into wire_outbox (topic, record_key, type, payload, event_id, traceparent, created_at)
                select topic, record_key, type, payload, event_id, traceparent, created_at from sent_before""").update();

        await().until(() -> namesOf("ob-repeat").size() == 2);
        var ids = accounts.handled.stream()
                .filter(each -> each.key().equals("ob-repeat"))
                .map(each -> EventHeaders.text(each.headers(), EventHeaders.ID))
                .distinct();
        assertThat(ids).hasSize(1);
    }

    @Test
    void showsHowLongTheOldestRecordHasWaited() {
        relay.stop();
        append("ob-waiting", "Waiting");
        jdbc.sql(
                        "update wire_outbox set created_at = created_at - interval '90 seconds' where record_key = 'ob-waiting'")
                .update();

        assertThat(metrics.get("drawdown.outbox.backlog.age").timeGauge().value(TimeUnit.SECONDS))
                .isBetween(90.0, 150.0);
        assertThat(metrics.get("drawdown.outbox.backlog.size").gauge().value()).isEqualTo(1.0);
    }

    @Test
    void sendsWhatIsBehindARefusedRecordNoMoreThanOnceMeanwhile() {
        relay.stop();
        append("ob-large", "x".repeat(2_000_000));
        append("ob-behind", "Behind");
        relay.start();

        await().until(() -> String.valueOf(health.health().getDetails()).contains("ob-large"));
        await().during(Duration.ofMillis(1500)).until(() -> namesOf("ob-behind").size() <= 1);
        jdbc.sql("delete from wire_outbox where record_key = 'ob-large'").update();

        await().until(() -> backlog.size() == 0 && !namesOf("ob-behind").isEmpty());
        assertThat(health.health().getDetails()).isEmpty();
    }

    @Test
    void leavesRelayingToTheOneThatHoldsTheLock() {
        relay.stop();
        transactions.executeWithoutResult(status -> {
            jdbc.sql("select pg_advisory_xact_lock(779002)").query().singleRow();
            relay.start();
            append("ob-other", "Other");
            await().during(Duration.ofMillis(600))
                    .until(() -> !accounts.handledKeys().contains("ob-other"));
        });

        await().until(() -> accounts.handledKeys().contains("ob-other"));
    }

    @Test
    void carriesTheTraceOfTheChange() {
        var trace = new AtomicReference<String>();
        Observation.createNotStarted("change", observations).observe(() -> {
            trace.set(tracer.currentSpan().context().traceId());
            append("ob-traced", "Traced");
        });

        await().until(() -> accounts.handledKeys().contains("ob-traced"));
        assertThat(EventHeaders.text(handled("ob-traced").headers(), EventHeaders.TRACEPARENT))
                .contains(trace.get());
    }

    private boolean anotherAppenderWaits() {
        return jdbc.sql("select count(*) from pg_locks where locktype = 'advisory' and not granted")
                        .query(Long.class)
                        .single()
                > 0;
    }

    private void append(String id, String name) {
        transactions.executeWithoutResult(status -> outbox.append(Topic.CRM_ACCOUNTS, id, account(id, name)));
    }

    private ConsumerRecord<String, Account> handled(String key) {
        return accounts.handled.stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private List<String> namesOf(String key) {
        return new ArrayList<>(accounts.handled.stream()
                .filter(each -> each.key().equals(key))
                .map(each -> each.value().getName())
                .toList());
    }
}
