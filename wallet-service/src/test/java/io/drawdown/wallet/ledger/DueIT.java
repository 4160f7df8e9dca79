package io.drawdown.wallet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.wallet.GrantExpired;
import io.drawdown.events.wallet.HoldReleased;
import io.drawdown.events.wallet.ReplenishRequested;
import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import io.drawdown.wallet.WalletTopic;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.store.ClockAgreement;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.axonframework.common.transaction.TransactionManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Expiries happen by themselves, and what a wallet waits for is in the database, not in a timer that a restart loses. */
class DueIT extends WalletIntegrationTest {

    final String account = Outside.unique("acc");

    @Autowired
    private ClockAgreement clocks;

    @Autowired
    private WalletTopic topic;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private DueWallets dueWallets;

    @Autowired
    private Wallets wallets;

    @Autowired
    private TransactionManager transactions;

    @Autowired
    private Clock clock;

    private WalletClient wallet;

    @BeforeEach
    void name() {
        wallet = new WalletClient(billing, account);
    }

    @Test
    void creditExpiresInAWalletThatNobodyTouches() {
        var expiry = now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS);
        wallet.open();
        wallet.grant("5", expiry);
        wallet.grant("2");
        assertThat(dueAt()).containsExactly(expiry);
        advanceTime(Duration.ofDays(2));
        await().untilAsserted(() -> assertThat(topic.eventsOf(account))
                .filteredOn(GrantExpired.class::isInstance)
                .hasSize(1));
        var expired = (GrantExpired) topic.eventsOf(account).getLast();
        assertThat(expired.getRecordedAt()).isEqualTo(expiry);
        assertThat(expired.getAmount().getAmount()).isEqualTo("5");
        assertThat(expired.getSettledAfter()).isEqualTo("2");
        await().untilAsserted(() -> assertThat(dueAt()).isEmpty());
    }

    @Test
    void theRowOfCreditThatIsSpentMeanwhileGoesAway() {
        var meter = outside.meteredAt("1", "USD");
        wallet.open();
        wallet.grant("5", now().plus(Duration.ofDays(30)));
        outside.usage(account, meter, "5");
        await().untilAsserted(() -> assertThat(wallet.settled()).isZero());
        assertThat(dueAt()).hasSize(1);
        advanceTime(Duration.ofDays(31));
        await().untilAsserted(() -> assertThat(dueAt()).isEmpty());
        assertThat(topic.eventsOf(account)).noneMatch(GrantExpired.class::isInstance);
    }

    @Test
    void aRegularTopUpIsAskedForInAWalletThatNobodyTouches() {
        wallet.open();
        wallet.grant("500");
        var first = now().plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.MILLIS);
        wallet.replenish("{\"enabled\":true,\"threshold\":\"0\",\"recurrence\":{\"amount\":\"25\",\"every\":\"P30D\","
                + "\"first\":\"" + first + "\"}}");
        assertThat(dueAt()).containsExactly(first);
        advanceTime(Duration.ofDays(4));
        await().untilAsserted(() -> assertThat(topic.eventsOf(account))
                .filteredOn(ReplenishRequested.class::isInstance)
                .singleElement()
                .satisfies(event -> assertThat(((ReplenishRequested) event).getScheduledFor())
                        .isEqualTo(first)));
    }

    @Test
    void aWalletThatCannotBeReadHoldsUpNoOther() {
        var gone = "wal_" + Outside.unique("gone");
        var before = failing();
        jdbc.sql("insert into wallet_due values (?, ?)")
                .params(gone, java.sql.Timestamp.from(Instant.EPOCH.plusSeconds(1)))
                .update();
        wallet.open();
        wallet.grant("5", now().plus(Duration.ofDays(60)));
        advanceTime(Duration.ofDays(61));
        await().untilAsserted(() -> assertThat(dueAt()).isEmpty());
        assertThat(failing()).isEqualTo(before + 1);

        jdbc.sql("delete from wallet_due where wallet_id = ?").param(gone).update();
        await().untilAsserted(() -> assertThat(failing()).isEqualTo(before));
    }

    @Test
    void aWalletThatIsTooLargeToSettleHoldsUpNoOther() {
        var gone = List.of("wal_" + Outside.unique("first"), "wal_" + Outside.unique("second"));
        gone.forEach(id -> jdbc.sql("insert into wallet_due values (?, ?)")
                .params(id, java.sql.Timestamp.from(Instant.EPOCH.plusSeconds(1)))
                .update());
        var enough = new AtomicBoolean();
        var ledger = new Ledger(
                () -> {
                    if (enough.getAndSet(true)) {
                        return transactions.startTransaction();
                    }
                    throw new StackOverflowError("as if the first wallet were too large");
                },
                clocks,
                new Turns(1, Duration.ofSeconds(1)));
        var own = new FailingWallets();
        new DueSweep(dueWallets, ledger, wallets, own, clock, clocks).sweep();
        assertThat(own.ids()).extracting(WalletId::value).containsAll(gone);

        gone.forEach(id ->
                jdbc.sql("delete from wallet_due where wallet_id = ?").param(id).update());
    }

    @Test
    void manyHoldsThatEndAtOnceAreReleasedOnceEachAndTheHoldOfAnotherWalletToo() {
        var end = now().plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.MILLIS);
        var other = Outside.unique("acc");
        var beside = new WalletClient(billing, other);
        wallet.open();
        wallet.grant("300");
        beside.open();
        beside.grant("300");
        IntStream.range(0, 300).forEach(_ -> wallet.hold("1", end));
        beside.hold("7", end);

        advanceTime(Duration.ofDays(4));

        await().untilAsserted(() -> assertThat(released(account)).hasSize(300));
        assertThat(released(account)).doesNotHaveDuplicates();
        await().untilAsserted(() -> assertThat(released(other)).hasSize(1));
        await().untilAsserted(() -> assertThat(dueAt()).isEmpty());
        assertThat(wallet.show().path("available").path("amount").asString()).isEqualTo("300.00");
    }

    private List<String> released(String account) {
        return topic.eventsOf(account).stream()
                .filter(HoldReleased.class::isInstance)
                .map(event -> ((HoldReleased) event).getHoldId())
                .toList();
    }

    /** A sweep after the wait finds enough credit, which has begun meanwhile, and nothing else to come. */
    @Test
    void creditExpiresThatIsGivenAfterAWaitHasPassedWithoutATopUp() {
        var nextMonth = now().atOffset(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .withDayOfMonth(1)
                .plusMonths(1)
                .toInstant();
        wallet.open();
        wallet.replenish("{\"enabled\":true,\"threshold\":\"10\",\"amount\":\"25\",\"monthlyCap\":\"20\"}");
        assertThat(dueAt()).containsExactly(nextMonth);
        wallet.grantFrom("50", nextMonth.plus(Duration.ofDays(1)));
        assertThat(dueAt()).containsExactly(nextMonth);
        advanceTime(Duration.between(now(), nextMonth.plus(Duration.ofDays(2))));
        await().untilAsserted(() -> assertThat(dueAt()).isEmpty());

        var expiry = now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS);
        wallet.grant("5", expiry);
        assertThat(dueAt()).containsExactly(expiry);
        advanceTime(Duration.ofDays(2));
        await().untilAsserted(() -> assertThat(topic.eventsOf(account)).anyMatch(GrantExpired.class::isInstance));
        assertThat(topic.eventsOf(account)).noneMatch(ReplenishRequested.class::isInstance);
    }

    private double failing() {
        return meters.get("drawdown.wallet.due.failing").gauge().value();
    }

    private List<Instant> dueAt() {
        return jdbc.sql("select due_at from wallet_due where wallet_id = ?")
                .param("wal_" + account)
                .query((row, _) -> row.getTimestamp(1).toInstant())
                .list();
    }
}
