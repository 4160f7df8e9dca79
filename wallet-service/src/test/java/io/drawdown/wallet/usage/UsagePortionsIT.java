package io.drawdown.wallet.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import io.drawdown.wire.listening.RationedConsumerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

/** What the database does not take at once, or not at all. */
@ExtendWith(OutputCaptureExtension.class)
class UsagePortionsIT extends WalletIntegrationTest {

    private static final int WALLETS = 4;
    private static final int MOST_FAILED = 3;

    /** So often a record fails alone before it is parked. */
    private static final int FAILURES_BEFORE_PARKING = 3;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private KafkaListenerEndpointRegistry listeners;

    @Autowired
    @Qualifier("usageListenerFactory")
    private ConcurrentKafkaListenerContainerFactory<?, ?> factory;

    private String meter;

    @BeforeEach
    void price() {
        meter = outside.meteredAt("1", "USD");
    }

    @AfterEach
    void recover() {
        jdbc.sql("drop function if exists hinder cascade").update();
        jdbc.sql("drop sequence if exists refusal").update();
    }

    /** Ten thousand records of the largest there may be are gigabytes. */
    @Test
    void itsConsumersBoundAPollInBytes() {
        assertThat(factory.getConsumerFactory()).isInstanceOf(RationedConsumerFactory.class);
    }

    /** Each draw-down takes 250 ms, and all of the batch is in one transaction, which may take 700 ms. */
    @Test
    void aBatchThatIsTooMuchForOneTransactionIsDrawnDownInPortions() {
        var wallets = ofOnePartition(WALLETS);
        wallets.forEach(WalletClient::open);
        hinder("""
                if current_setting('transaction_timeout') <> '700ms' then
                    perform set_config('transaction_timeout', '0', true);
                    perform set_config('transaction_timeout', '700ms', true);
                end if;
                perform pg_sleep(0.25);
                """, wallets);

        atOnce(() -> wallets.forEach(wallet -> outside.usage(accountOf(wallet), meter, "1")));

        await().untilAsserted(() -> assertThat(wallets)
                .allSatisfy(wallet -> assertThat(wallet.settled()).isEqualByComparingTo("-1")));
        assertThat(wallets).allSatisfy(wallet -> assertThat(wallet.usageIds()).hasSize(1));
        assertThat(transactionsOf(wallets)).isBetween(2, WALLETS);
    }

    @Test
    void usageThatCannotBeRecordedIsParkedAndOnlyItsOwnAccountWaits() {
        var wallets = ofOnePartition(2);
        var refused = wallets.getFirst();
        var other = wallets.getLast();
        wallets.forEach(WalletClient::open);
        hinder("raise exception 'refused for a while';", List.of(refused));

        var failed = outside.usage(accountOf(refused), meter, "1");
        outside.usage(accountOf(other), meter, "2");
        await().untilAsserted(() -> assertThat(other.settled()).isEqualByComparingTo("-2"));
        assertThat(parked(failed)).startsWith("failed, Cannot be recorded").contains("refused for a while");
        assertThat(failedAccounts()).isOne();
        assertThat(stuck()).isZero();

        recover();
        var behind = outside.usage(accountOf(refused), meter, "4");
        await().untilAsserted(() -> assertThat(parked(behind)).startsWith("failed, Waits behind earlier usage"));
        assertThat(refused.settled()).isZero();

        replay();
        assertThat(refused.usageIds()).containsExactly(failed.getId(), behind.getId());
        assertThat(refused.settled()).isEqualByComparingTo("-5");
        assertThat(failedAccounts()).isZero();
        outside.usage(accountOf(refused), meter, "8");
        await().untilAsserted(() -> assertThat(refused.settled()).isEqualByComparingTo("-13"));
    }

    @Test
    void aReplayThatFailsForOneAccountDrawsDownTheOthers() {
        var later = Outside.unique("meter");
        var wallets = ofOnePartition(3);
        wallets.forEach(WalletClient::open);
        var used = wallets.stream()
                .map(wallet -> outside.usage(accountOf(wallet), later, "1"))
                .toList();
        await().untilAsserted(() ->
                assertThat(used).allSatisfy(usage -> assertThat(parked(usage)).startsWith("no-price")));
        var refused = wallets.get(1);
        hinder("raise exception 'refused for a while';", List.of(refused));

        var price = Outside.unique("price");
        outside.price(price, "1", "USD", false);
        outside.meter(later, Outside.mapping(price, Instant.EPOCH));

        await().untilAsserted(() -> assertThat(wallets.getFirst().settled()).isEqualByComparingTo("-1"));
        await().untilAsserted(() -> assertThat(wallets.getLast().settled()).isEqualByComparingTo("-1"));
        await().untilAsserted(() -> assertThat(parked(used.get(1))).startsWith("failed, Cannot be recorded"));
        assertThat(refused.settled()).isZero();

        recover();
        replay();
        assertThat(refused.usageIds()).containsExactly(used.get(1).getId());
    }

    @Test
    void aCorrectionThatCannotBeRecordedIsParkedAndFollowedLater() {
        var wallets = ofOnePartition(2);
        var refused = wallets.getFirst();
        var other = wallets.getLast();
        wallets.forEach(WalletClient::open);
        var used = outside.usage(accountOf(refused), meter, "3");
        await().untilAsserted(() -> assertThat(refused.settled()).isEqualByComparingTo("-3"));
        hinder("raise exception 'refused for a while';", List.of(refused));

        outside.voidUsage(used);
        outside.usage(accountOf(other), meter, "2");
        await().untilAsserted(() -> assertThat(other.settled()).isEqualByComparingTo("-2"));
        assertThat(refused.get("/v1/parked-corrections?limit=1000").toString())
                .contains(used.getId(), "refused for a while");

        recover();
        replay();
        assertThat(refused.settled()).isZero();
    }

    @Test
    void aRepeatWhoseRecordingFailsIsNotParkedButReadAgain() {
        var wallet = ofOnePartition(1).getFirst();
        wallet.open();
        var used = outside.usage(accountOf(wallet), meter, "3");
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("-3"));

        refuseRepeats(used.getSourcePartition(), FAILURES_BEFORE_PARKING);
        outside.accept(used);
        await().until(() -> attemptsAtRepeats() > FAILURES_BEFORE_PARKING);
        outside.usage(accountOf(wallet), meter, "1");

        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("-4"));
        assertThat(parked(used)).isEmpty();
        replay();
        assertThat(wallet.settled()).isEqualByComparingTo("-4");
    }

    @Test
    void aRepeatedCorrectionWhoseRecordingFailsIsNotParkedButReadAgain() {
        var wallet = ofOnePartition(1).getFirst();
        wallet.open();
        var used = outside.usage(accountOf(wallet), meter, "3");
        var correction = outside.replace(used, "2");
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("-2"));

        refuseRepeats(used.getSourcePartition(), FAILURES_BEFORE_PARKING);
        outside.accept(correction);
        await().until(() -> attemptsAtRepeats() > FAILURES_BEFORE_PARKING);
        outside.usage(accountOf(wallet), meter, "1");

        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("-3"));
        assertThat(wallet.get("/v1/parked-corrections?limit=1000").toString()).doesNotContain(correction.getId());
    }

    /** An account that is in trouble is not what is wrong when all of them are. */
    @Test
    void whenMoreAccountsFailThanMayBeTheyWait(CapturedOutput log) {
        var wallets = ofOnePartition(MOST_FAILED + 1);
        wallets.forEach(WalletClient::open);
        var elsewhere = new WalletClient(billing, elsewhere(accountOf(wallets.getFirst())));
        elsewhere.open();
        hinder("raise exception 'refused for a while';", wallets);

        wallets.forEach(wallet -> outside.usage(accountOf(wallet), meter, "1"));
        await().untilAsserted(() -> assertThat(failedAccounts()).isEqualTo(MOST_FAILED));
        await().untilAsserted(() -> assertThat(stuck()).isOne());
        var line = "of %s at usage.accepted.v1-".formatted(accountOf(wallets.getLast()));
        await().untilAsserted(() -> assertThat(log.getAll()).contains(line));
        outside.usage(accountOf(elsewhere), meter, "3");
        await().untilAsserted(() -> assertThat(elsewhere.settled()).isEqualByComparingTo("-3"));

        recover();
        await().untilAsserted(() -> assertThat(wallets.getLast().settled()).isEqualByComparingTo("-1"));
        replay();
        assertThat(wallets).allSatisfy(wallet -> assertThat(wallet.settled()).isEqualByComparingTo("-1"));
        await().untilAsserted(() -> assertThat(stuck()).isZero());
    }

    /** Runs in the database before each draw-down of these wallets. */
    private void hinder(String how, List<WalletClient> wallets) {
        var ids = String.join("','", wallets.stream().map(WalletClient::id).toList());
        jdbc.sql("""
                create function hinder() returns trigger language plpgsql as $$
                begin
                    if new.aggregate_identifier in ('%s') then
                        %s
                    end if;
                    return new;
                end $$
                """.formatted(ids, how)).update();
        jdbc.sql("create trigger hinder before insert on wallet_event for each row execute function hinder()")
                .update();
    }

    /**
     * The database refuses so often to record nothing but that records of a partition have been read, which is all that a
     * repeat leaves. A sequence counts on when a transaction is rolled back.
     */
    private void refuseRepeats(int partition, int times) {
        jdbc.sql("create sequence refusal").update();
        jdbc.sql("""
                create function hinder() returns trigger language plpgsql as $$
                begin
                    if new.source_partition = %d and new.source_offset = old.source_offset and nextval('refusal') <= %d then
                        raise exception 'refused for a while';
                    end if;
                    return new;
                end $$
                """.formatted(partition, times)).update();
        jdbc.sql("create trigger hinder before update on usage_position for each row execute function hinder()")
                .update();
    }

    /** How often a repeat was to be recorded since {@link #refuseRepeats}. */
    private int attemptsAtRepeats() {
        return jdbc.sql("select last_value from refusal").query(Integer.class).single();
    }

    private int transactionsOf(List<WalletClient> wallets) {
        return jdbc.sql("""
                        select count(distinct xmin::text) from wallet_event
                        where aggregate_identifier in (:ids) and payload_type like '%UsageDrawnDown'""")
                .param("ids", wallets.stream().map(WalletClient::id).toList())
                .query(Integer.class)
                .single();
    }

    /** The consumers find all that was sent meanwhile when they read on. */
    private void atOnce(Runnable sending) {
        var usage = listeners.getListenerContainer(UsageListener.ID);
        usage.pause();
        await().until(usage::isContainerPaused);
        sending.run();
        usage.resume();
    }

    private void replay() {
        billing.post().uri("/v1/parked-usage/replay").exchange().expectStatus().isOk();
    }

    private String parked(UsageAccepted usage) {
        return jdbc.sql("select reason || ', ' || detail from parked_usage where usage_id = ?")
                .param(usage.getId())
                .query(String.class)
                .optional()
                .orElse("");
    }

    private double failedAccounts() {
        return meters.get("drawdown.wallet.usage.failed.accounts").gauge().value();
    }

    private double stuck() {
        return meters.get("drawdown.listener.stuck").gauge().value();
    }

    private List<WalletClient> ofOnePartition(int count) {
        int partition = Outside.partition(Outside.unique("acc"));
        return accounts()
                .filter(account -> Outside.partition(account) == partition)
                .limit(count)
                .map(account -> new WalletClient(billing, account))
                .toList();
    }

    private static String elsewhere(String account) {
        return accounts()
                .filter(other -> Outside.partition(other) != Outside.partition(account))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> accounts() {
        return Stream.generate(() -> Outside.unique("acc"));
    }

    private static String accountOf(WalletClient wallet) {
        return wallet.id().substring("wal_".length());
    }
}
