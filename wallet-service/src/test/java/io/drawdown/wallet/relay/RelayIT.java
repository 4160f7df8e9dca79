package io.drawdown.wallet.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import io.drawdown.wallet.WalletTopic;
import io.drawdown.wire.EventHeaders;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;

class RelayIT extends WalletIntegrationTest {

    @Autowired
    private WalletTopic topic;

    @Autowired
    private TrackingEventProcessor relay;

    @Autowired
    private RelayHealth health;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void sendsEveryEventOfAWalletInItsOrderOnTheAccountsPartition() {
        var accounts =
                IntStream.range(0, 3).mapToObj(i -> Outside.unique("acc")).toList();
        for (var account : accounts) {
            fill(new WalletClient(billing, account), 20);
        }
        for (var account : accounts) {
            await().untilAsserted(() -> assertThat(sequences(account)).isEqualTo(upTo(20)));
            assertThat(topic.recordsOf(account)).allMatch(record -> record.partition() == Outside.partition(account));
        }
    }

    @Test
    void saysWhatTheRecordIsInItsHeaders() {
        var account = Outside.unique("acc");
        new WalletClient(billing, account).open();
        await().untilAsserted(() -> assertThat(topic.recordsOf(account)).hasSize(1));
        var headers = EventHeaders.readFrom(topic.recordsOf(account).getFirst().headers());
        assertThat(headers.type()).isEqualTo("io.drawdown.events.wallet.WalletOpened");
        assertThat(headers.source()).isEqualTo("wallet-service");
        assertThat(headers.id()).isEqualTo(storedIds(account).getFirst());
    }

    @Test
    void goesOnWhereItStoppedAndRepeatsHarmlessly() {
        var account = Outside.unique("acc");
        var wallet = new WalletClient(billing, account);
        fill(wallet, 3);
        await().untilAsserted(() -> assertThat(sequences(account)).isEqualTo(upTo(3)));
        relay.shutDown();
        wallet.grant("1");
        relay.start();
        await().untilAsserted(() -> assertThat(sequences(account)).isEqualTo(upTo(4)));
    }

    @Test
    void sendsAgainFromTheStartWhenItIsToldTo() {
        var account = Outside.unique("acc");
        fill(new WalletClient(billing, account), 2);
        await().untilAsserted(() -> assertThat(sequences(account)).isEqualTo(upTo(2)));
        relay.shutDown();
        relay.resetTokens();
        relay.start();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(sequences(account)).containsExactly(0L, 1L, 2L, 0L, 1L, 2L);
        });
        assertThat(topic.repeats(account))
                .hasSize(3)
                .allSatisfy((id, count) -> assertThat(count).isEqualTo(2));
        assertThat(topic.eventsOf(account))
                .filteredOn(CreditGranted.class::isInstance)
                .hasSize(4);
    }

    @Test
    void isDownWhileItIsStopped() {
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        relay.shutDown();
        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        relay.start();
        await().untilAsserted(() -> assertThat(health.health().getStatus()).isEqualTo(Status.UP));
    }

    private static void fill(WalletClient wallet, int grants) {
        wallet.open();
        for (int i = 0; i < grants; i++) {
            wallet.grant("1");
        }
    }

    private List<Long> sequences(String account) {
        return topic.eventsOf(account).stream()
                .map(event ->
                        (Long) event.get(event.getSchema().getField("sequence").pos()))
                .toList();
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(0, last).boxed().toList();
    }

    private List<String> storedIds(String account) {
        return jdbc.sql("select event_identifier from wallet_event where aggregate_identifier = ?"
                        + " order by sequence_number")
                .param("wal_" + account)
                .query(String.class)
                .list();
    }
}
