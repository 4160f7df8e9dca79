package io.drawdown.wallet.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.drawdown.events.Topic;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.support.time.Zone;
import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import io.drawdown.wallet.WalletTopic;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.WalletCommand.OpenWallet;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.ledger.Ledger;
import io.drawdown.wallet.ledger.Wallets;
import io.drawdown.wire.EventHeaders;
import io.drawdown.wire.encoded.EncodedSender;
import io.drawdown.wire.outbox.RelayLock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

class RelayIT extends WalletIntegrationTest {

    /** Some grants, as they are stored. */
    private static final DataSize SMALL = DataSize.ofBytes(400);

    @Autowired
    private WalletTopic topic;

    @Autowired
    private Relay relay;

    @Autowired
    private RelayHealth health;

    @Autowired
    private EncodedSender relaySender;

    @Autowired
    @Qualifier("eventSerializer")
    private Serializer metaData;

    @Autowired
    private RelayProperties properties;

    @Autowired
    private ConsumerFactory<String, SpecificRecord> consumers;

    @Autowired
    private MeterRegistry registry;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private DataSource dataSource;

    @Autowired
    private TransactionTemplate transactions;

    @Autowired
    private Ledger ledger;

    @Autowired
    private Wallets wallets;

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
        relay.stop();
        wallet.grant("1");
        relay.start();
        await().untilAsserted(() -> assertThat(sequences(account)).isEqualTo(upTo(4)));
    }

    /** A process that is gone leaves nothing but a session that ends. */
    @Test
    void takesOverWithinSecondsFromAHolderThatIsGone() throws SQLException {
        var account = Outside.unique("acc");
        relay.stop();
        try (var other = dataSource.getConnection()) {
            assertThat(lockBy(other, RelayLock.LONGEST_SILENCE)).isNotNull();
            relay.start();
            new WalletClient(billing, account).open();
            await().during(Duration.ofMillis(300))
                    .until(() -> topic.recordsOf(account).isEmpty());

            jdbc.sql("select pg_terminate_backend(?)")
                    .param(processOf(other))
                    .query()
                    .singleRow();

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> sequences(account).equals(upTo(0)));
        }
    }

    /** It is not dead: its session stays open, and says nothing. */
    @Test
    void takesOverFromAHolderThatIsFrozen() throws SQLException {
        var account = Outside.unique("acc");
        relay.stop();
        try (var frozen = dataSource.getConnection()) {
            assertThat(lockBy(frozen, Duration.ofSeconds(1))).isNotNull();
            relay.start();
            new WalletClient(billing, account).open();

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> sequences(account).equals(upTo(0)));
            dataSource.unwrap(HikariDataSource.class).evictConnection(frozen);
        }
    }

    /** Else it would come behind what the next one sends. */
    @Test
    void dropsWhatTheBrokerHasNotTakenWhenItsSessionIsLost() throws Exception {
        var account = Outside.unique("acc");
        relay.stop();
        var lingering =
                new HashMap<>(relaySender.operations().getProducerFactory().getConfigurationProperties());
        lingering.put(ProducerConfig.LINGER_MS_CONFIG, 3_000);
        var slow = EncodedSender.patient(new DefaultKafkaProducerFactory<>(lingering), "slow");
        var loser = new Relay(dataSource, slow, records(), new PublishedEvents(consumers), counts(), properties);
        loser.start();
        new WalletClient(billing, account).open();
        await().until(() -> loser.status().oldest() != null);

        var stopped = CompletableFuture.runAsync(loser::stop);
        try {
            jdbc.sql("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = ?")
                    .param(Relay.LOCK_NUMBER)
                    .query()
                    .listOfRows();
            stopped.get(10, TimeUnit.SECONDS);
        } finally {
            relay.start();
        }

        await().until(() -> sequences(account).equals(upTo(0)));
        await().during(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(10))
                .until(() -> sequences(account).equals(upTo(0)));
        slow.destroy();
    }

    private static @Nullable RelayLock lockBy(Connection session, Duration longestSilence) throws SQLException {
        return RelayLock.tryAcquire(session, Relay.LOCK_NUMBER, longestSilence);
    }

    /** Nobody tells the database of a machine that has lost its power: it must ask, and sooner than every two hours. */
    @Test
    void theLockOfAMachineThatVanishesIsFreeWithinHalfAMinute() {
        int idle = setting("tcp_keepalives_idle");
        int more = setting("tcp_keepalives_interval") * setting("tcp_keepalives_count");
        assertThat(Duration.ofSeconds(idle + more)).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(30));
        assertThat(Duration.ofMillis(setting("tcp_user_timeout"))).isEqualTo(Duration.ofSeconds(30));
    }

    /** Of any session of this service. */
    private int setting(String name) {
        return jdbc.sql("select setting::int from pg_settings where name = ?")
                .param(name)
                .query(Integer.class)
                .single();
    }

    private static int processOf(Connection session) throws SQLException {
        return session.unwrap(PGConnection.class).getBackendPID();
    }

    @Test
    void sendsAgainFromTheStartWhenItIsToldTo() {
        var account = Outside.unique("acc");
        fill(new WalletClient(billing, account), 2);
        await().untilAsserted(() -> assertThat(sequences(account)).isEqualTo(upTo(2)));
        relay.stop();
        jdbc.sql("update relay_place set place = 0").update();
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
    void sendsNothingOverADatabaseThatIsOlderThanWhatWasPublished() {
        var account = Outside.unique("acc");
        fill(new WalletClient(billing, account), 1);
        await().untilAsserted(() -> assertThat(sequences(account)).isEqualTo(upTo(1)));
        relay.stop();
        loseLastEventOf(account);
        var later = Outside.unique("acc");
        new WalletClient(billing, later).open();
        try {
            relay.start();
            await().untilAsserted(() -> assertThat(relay.status().failure())
                    .contains("event 1 of wallet wal_" + account, "which this database has not"));
            assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(topic.recordsOf(later)).isEmpty();
        } finally {
            relay.stop();
            jdbc.sql("insert into wallet_event select * from lost_event").update();
            jdbc.sql("drop table lost_event").update();
            relay.start();
        }
        await().untilAsserted(() -> assertThat(sequences(later)).isEqualTo(upTo(0)));
        assertThat(sequences(account)).isEqualTo(upTo(1));
    }

    private void loseLastEventOf(String account) {
        jdbc.sql("create table lost_event (like wallet_event)").update();
        jdbc.sql("""
                with lost as (delete from wallet_event where aggregate_identifier = ? and sequence_number = 1 returning *)
                insert into lost_event select * from lost""").param("wal_" + account).update();
    }

    @Test
    void waitsForASlowTransactionThatTookItsPlacesFirst() throws Exception {
        var slow = Outside.unique("acc");
        var quick = Outside.unique("acc");
        var taken = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var writing = CompletableFuture.runAsync(() -> transactions.executeWithoutResult(_ -> {
            openIn(slow);
            taken.countDown();
            awaitCount(goOn);
        }));
        taken.await();
        new WalletClient(billing, quick).open();
        await().during(Duration.ofMillis(300))
                .until(() -> topic.recordsOf(quick).isEmpty());
        goOn.countDown();
        writing.get();
        await().untilAsserted(() -> assertThat(sequences(slow)).isEqualTo(upTo(0)));
        await().untilAsserted(() -> assertThat(sequences(quick)).isEqualTo(upTo(0)));
    }

    @Test
    void isNotHeldUpByATransactionThatIsRolledBack() {
        var account = Outside.unique("acc");
        transactions.executeWithoutResult(rolledBack -> {
            openIn(Outside.unique("acc"));
            rolledBack.setRollbackOnly();
        });
        new WalletClient(billing, account).open();
        await().untilAsserted(() -> assertThat(sequences(account)).isEqualTo(upTo(0)));
    }

    private void openIn(String account) {
        var id = new AccountId(account);
        var command = new OpenWallet(WalletId.of(id), id, Currency.getInstance("USD"), Zone.UTC, Instant.now());
        ledger.inTransaction(() -> wallets.open(command));
    }

    private static void awaitCount(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void isDownWhileItIsStopped() {
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        relay.stop();
        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        relay.start();
        await().untilAsserted(() -> assertThat(health.health().getStatus()).isEqualTo(Status.UP));
    }

    @Test
    void saysHowLongTheOldestEventHasWaitedForTheBroker() {
        relay.stop();
        new WalletClient(billing, Outside.unique("acc")).open();
        var nowhere = EncodedSender.like(new DefaultKafkaProducerFactory<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1", ProducerConfig.MAX_BLOCK_MS_CONFIG, "1000")));
        var cutOff = new Relay(dataSource, nowhere, records(), new PublishedEvents(consumers), counts(), properties);
        cutOff.start();
        try {
            await().untilAsserted(() ->
                    assertThat(cutOff.status().ageAt(Instant.now())).isPositive());
            await().untilAsserted(() -> assertThat(cutOff.status().failure()).isNotNull());
            assertThat(cutOff.status().ageAt(Instant.now())).isGreaterThan(Duration.ofSeconds(1));
            assertThat(scrapedAge(cutOff, Duration.ofHours(1))).isBetween(3_601.0, 3_700.0);
        } finally {
            cutOff.stop();
            nowhere.destroy();
            relay.start();
        }
        await().untilAsserted(() -> assertThat(relay.status()).isEqualTo(RelayStatus.sent(0)));
        await().untilAsserted(() -> assertThat(scrapedAge(relay, Duration.ofHours(1)))
                .as("nothing waits")
                .isZero());
        await().untilAsserted(() -> assertThat(
                        registry.get("drawdown.wallet.relay.age").timeGauge().value(TimeUnit.SECONDS))
                .isZero());
    }

    /** In seconds, what a scrape shows after so much time. */
    private static double scrapedAge(Relay of, Duration later) {
        var name = "drawdown_wallet_relay_age_seconds ";
        var scraped = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new RelayConfiguration()
                .relayMetrics(of, Clock.offset(Clock.systemUTC(), later))
                .bindTo(scraped);
        return scraped.scrape()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + "in a scrape"));
    }

    private PublishedCounts counts() {
        return new PublishedCounts(registry);
    }

    /** Somebody has to be told of top-ups that do not happen, or were switched off. */
    @Test
    void countsWhatItHasSentByItsType() {
        var before = sentOfType("ReplenishmentHeldBack");
        var wallet = new WalletClient(billing, Outside.unique("acc"));
        wallet.open();
        wallet.grant("100");
        wallet.replenish("{\"enabled\":true,\"threshold\":\"150\",\"amount\":\"100\",\"monthlyCap\":\"50\"}");
        await().untilAsserted(
                        () -> assertThat(sentOfType("ReplenishmentHeldBack")).isEqualTo(before + 1));
    }

    private double sentOfType(String type) {
        var counter = registry.find("drawdown.wallet.events.published")
                .tag("type", type)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    /** Few events of a wallet that is used much may take more memory than there is. */
    @Test
    void sendsAllInItsOrderThatTogetherIsMoreThanABatchsBytes() {
        var account = Outside.unique("acc");
        relay.stop();
        fill(new WalletClient(billing, account), 20);
        var small = new RelayProperties(properties.batchSize(), SMALL, properties.pollInterval());
        var narrow = new Relay(dataSource, relaySender, records(), new PublishedEvents(consumers), counts(), small);
        narrow.start();
        try {
            await().untilAsserted(() -> assertThat(sequences(account)).isEqualTo(upTo(20)));
        } finally {
            narrow.stop();
            relay.start();
        }
    }

    @Test
    void aBatchEndsWithTheEventThatBringsItToItsBytes() throws SQLException {
        var account = Outside.unique("acc");
        relay.stop();
        fill(new WalletClient(billing, account), 20);
        try {
            var batches = batchesUntil("wal_" + account, 20);
            assertThat(batches).hasSizeGreaterThan(1).allSatisfy(batch -> {
                assertThat(batch).isNotEmpty();
                assertThat(bytes(batch.subList(0, batch.size() - 1))).isLessThan(SMALL.toBytes());
            });
            assertThat(batches.subList(0, batches.size() - 1))
                    .allSatisfy(batch -> assertThat(bytes(batch)).isGreaterThanOrEqualTo(SMALL.toBytes()));
            assertThat(batches.stream().flatMap(List::stream).map(StoredRow::id))
                    .containsSubsequence(storedIds(account))
                    .doesNotHaveDuplicates();
        } finally {
            relay.start();
        }
    }

    /** Sends nothing: where the relay was is where it goes on. */
    private List<List<StoredRow>> batchesUntil(String walletId, int last) throws SQLException {
        var batches = new ArrayList<List<StoredRow>>();
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            var log = new RelayedLog(connection);
            await().until(() -> {
                var batch = log.next(properties.batchSize(), SMALL.toBytes());
                if (!batch.isEmpty()) {
                    batches.add(batch);
                    log.sentUpTo(batch.getLast().place());
                }
                return batches.stream()
                                .flatMap(List::stream)
                                .filter(row -> row.walletId().equals(walletId))
                                .count()
                        == last + 1;
            });
            connection.rollback();
        }
        return batches;
    }

    private static long bytes(List<StoredRow> rows) {
        return rows.stream().mapToLong(row -> row.event().bytes().length).sum();
    }

    private WalletRecords records() {
        var topicName = Topic.Name.WALLET_EVENTS;
        return new WalletRecords(new WireBytes(relaySender, topicName), metaData, topicName, "wallet-service");
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
