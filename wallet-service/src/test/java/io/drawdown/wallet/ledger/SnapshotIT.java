package io.drawdown.wallet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.EventHeader;
import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.UsageLine;
import io.drawdown.wallet.domain.WalletCommand.DrawDown;
import io.drawdown.wallet.domain.WalletCommand.GiveCredit;
import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletEvent.OverdraftLimitChanged;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.ledger.Verification.Difference;
import io.drawdown.wallet.ledger.Verification.End;
import io.drawdown.wallet.ledger.Verification.Finding;
import io.drawdown.wallet.snapshot.SnapshotTable;
import io.drawdown.wallet.snapshot.StateForm;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.reactive.server.FluxExchangeResult;
import tools.jackson.databind.json.JsonMapper;

/** Snapshots are made every five events here, and thinned out to every fifty. */
class SnapshotIT extends WalletIntegrationTest {

    final String account = Outside.unique("acc");
    final WalletId id = WalletId.of(new AccountId(account));

    @Autowired
    private Ledger ledger;

    @Autowired
    private Wallets wallets;

    @Autowired
    private Replay replay;

    @Autowired
    private WalletHistory history;

    @Autowired
    private RecordedWallets recorded;

    @Autowired
    private SnapshotTable table;

    @Autowired
    private Verification verification;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void open() {
        new WalletClient(billing, account).open();
    }

    @Test
    void areWrittenAfterTheirEventsAndGiveTheSameStateAsAllEvents() {
        give(12);
        snapshotsAt(5L, 10L);
        assertThat(table.latest(id)).get().extracting(WalletState::version).isEqualTo(10L);
        assertThat(StateForm.write(replay.latest(id))).isEqualTo(StateForm.write(folded()));
    }

    /** Or a wallet would take the longer to load the older it is. */
    @Test
    void nothingBeforeTheLatestOneIsRead() {
        give(12);
        snapshotsAt(5L, 10L);
        var expected = StateForm.write(folded());
        hideEventsBefore(10, id.value(), "hidden-" + id.value());
        try {
            assertThat(StateForm.write(replay.latest(id))).isEqualTo(expected);
            assertThat(StateForm.write(replay.latest(List.of(id)).get(id))).isEqualTo(expected);
        } finally {
            hideEventsBefore(10, "hidden-" + id.value(), id.value());
        }
    }

    @Test
    void aDamagedOneIsPassedOver() {
        give(12);
        snapshotsAt(5L, 10L);
        damage(10, "set_byte(state, 20, get_byte(state, 20) # 1)");
        assertThat(table.latest(id)).get().extracting(WalletState::version).isEqualTo(5L);
        assertThat(table.latest(List.of(id))).extracting(WalletState::version).containsExactly(5L);
        damage(5, "substring(state for 9)");
        assertThat(table.latest(id)).isEmpty();
        assertThat(table.latest(List.of(id))).isEmpty();
        assertThat(StateForm.write(replay.latest(id))).isEqualTo(StateForm.write(folded()));
    }

    @Test
    void oneOfAnotherVersionOfTheServiceIsPassedOverAndGoesWithTheNext() {
        give(5);
        snapshotsAt(5L);
        jdbc.sql("update wallet_snapshot set shape = 'of before' where wallet_id = ?")
                .param(id.value())
                .update();
        assertThat(table.latest(id)).isEmpty();
        give(5);
        snapshotsAt(10L);
        assertThat(jdbc.sql("select count(*) from wallet_snapshot where wallet_id = ?")
                        .param(id.value())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void olderOnesAreThinnedOut() {
        give(119);
        await().untilAsserted(() ->
                assertThat(versions()).contains(5L, 50L, 115L, 120L).hasSizeLessThan(15));
    }

    /** Or a wallet that is used a thousand times a second would take the longer to load the more it is used. */
    @Test
    void eventsOfMuchUsageHaveThemSooner() {
        use(20);
        use(20);
        snapshotsAt(3L);
        assertThat(StateForm.write(replay.latest(id))).isEqualTo(StateForm.write(folded()));
    }

    @Test
    void thoseOfEventsOfMuchUsageAreThinnedOutAsEarly() {
        for (int i = 0; i < 12; i++) {
            use(160);
        }
        await().untilAsserted(() ->
                assertThat(versions()).contains(2L, 6L, 11L, 12L, 13L).doesNotContain(3L, 4L, 5L, 7L));
    }

    @Test
    void aLongHistoryWithoutAnyLeavesSomeBehindWhenItIsRead() {
        give(119);
        await().untilAsserted(() -> assertThat(versions()).contains(120L));
        jdbc.sql("delete from wallet_snapshot where wallet_id = ?")
                .param(id.value())
                .update();
        assertThat(StateForm.write(replay.latest(id))).isEqualTo(StateForm.write(folded()));
        snapshotsAt(50L, 100L, 120L);
    }

    /** Or reading in a transaction that is too short for all of it would begin at the same place for ever. */
    @Test
    void aLongHistoryLeavesSomeBehindAlsoWhenOthersAreReadWithIt() {
        give(119);
        snapshotsAt(120L);
        jdbc.sql("delete from wallet_snapshot where wallet_id = ?")
                .param(id.value())
                .update();
        assertThat(StateForm.write(replay.latest(List.of(id)).get(id))).isEqualTo(StateForm.write(folded()));
        snapshotsAt(50L, 100L, 120L);
    }

    @Test
    void severalWalletsAreReadAtOnceAsEachByItself() {
        give(12);
        snapshotsAt(10L);
        var fresh = Outside.unique("acc");
        new WalletClient(billing, fresh).open();
        var freshId = WalletId.of(new AccountId(fresh));
        var missing = WalletId.of(new AccountId(Outside.unique("acc")));
        var read = replay.latest(List.of(id, freshId, missing));
        assertThat(read).containsOnlyKeys(id, freshId);
        assertThat(StateForm.write(read.get(id))).isEqualTo(StateForm.write(folded()));
        assertThat(read.get(freshId).version()).isEqualTo(1);
    }

    @Test
    void theVerificationFindsWhatIsNotWhatTheLogSays() {
        give(12);
        snapshotsAt(5L, 10L);
        assertThat(differences()).isEmpty();
        damage(10, "set_byte(state, 20, get_byte(state, 20) # 1)");
        assertThat(differences())
                .singleElement()
                .satisfies(difference -> assertThat(difference.what()).isEqualTo("snapshot"))
                .satisfies(difference -> assertThat(difference.version()).isEqualTo(10));
        damage(5, "set_byte(state, 20, get_byte(state, 20) # 1)");
        jdbc.sql("update wallet_snapshot set version = 99 where wallet_id = ? and version = 10")
                .param(id.value())
                .update();
        assertThat(differences()).extracting(Difference::version).containsExactly(5L, 99L);
    }

    /** Once with as many events as the log has, and once with more of them. */
    @Test
    void theVerificationFindsAStateInMemoryThatTheLogDoesNotGive() {
        give(3);
        var log = history.after(id, -1, 1000);
        var limited = new OverdraftLimitChanged(log.getLast().header(), dollars("7"));
        inMemory(
                WalletState.evolve(folded(log.subList(0, log.size() - 1)), limited),
                () -> assertThat(differences())
                        .singleElement()
                        .satisfies(difference -> assertThat(difference.what()).isEqualTo("memory"))
                        .satisfies(
                                difference -> assertThat(difference.version()).isEqualTo(4))
                        .satisfies(difference -> assertThat(difference.detail()).contains("the log says")));
        var next = new EventHeader(id, new AccountId(account), 4, now());
        inMemory(
                WalletState.evolve(folded(), new OverdraftLimitChanged(next, dollars("7"))),
                () -> assertThat(differences())
                        .singleElement()
                        .satisfies(difference -> assertThat(difference.what()).isEqualTo("memory"))
                        .satisfies(
                                difference -> assertThat(difference.version()).isEqualTo(5))
                        .satisfies(difference ->
                                assertThat(difference.detail()).contains("does not have so many events")));
        assertThat(differences()).isEmpty();
    }

    @Test
    void theVerificationFindsAHistoryThatCannotBeFolded() {
        give(3);
        moveEvent(2, 1_002);
        assertThat(differences())
                .singleElement()
                .satisfies(difference -> assertThat(difference.what()).isEqualTo("history"))
                .satisfies(difference -> assertThat(difference.detail()).contains("its history has a gap or a repeat"));
        moveEvent(1_002, 2);
        assertThat(differences()).isEmpty();
    }

    private void inMemory(WalletState wrong, Runnable check) {
        recorded.keep(wrong);
        check.run();
        recorded.cache().invalidate(id.value());
    }

    private void hideEventsBefore(long sequence, String from, String to) {
        jdbc.sql(
                        "update wallet_event set aggregate_identifier = ? where aggregate_identifier = ? and sequence_number < ?")
                .params(to, from, sequence)
                .update();
    }

    /** To another place in the log of the wallet. */
    private void moveEvent(long from, long to) {
        jdbc.sql("update wallet_event set sequence_number = ? where aggregate_identifier = ? and sequence_number = ?")
                .params(to, id.value(), from)
                .update();
    }

    @Test
    void theVerificationIsForBillingAndEndsWithItsSum() {
        cs.post().uri("/v1/ledger/verifications").exchange().expectStatus().isForbidden();
        nobody.post().uri("/v1/ledger/verifications").exchange().expectStatus().isUnauthorized();
        FluxExchangeResult<String> answer = billing.post()
                .uri("/v1/ledger/verifications")
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(String.class);
        var lines = answer.getResponseBody()
                .map(JsonMapper.shared()::readTree)
                .collectList()
                .block();
        assertThat(lines)
                .extracting(line -> line.path("type").asString())
                .contains("progress")
                .last()
                .isEqualTo("end");
        assertThat(lines.getLast())
                .extracting(end -> end.path("wallets").asLong())
                .isNotEqualTo(0L);
    }

    private void give(int grants) {
        for (int i = 0; i < grants; i++) {
            var gift = new GiveCredit(
                    id,
                    new GrantId(Outside.unique("gift")),
                    dollars("1.50"),
                    50,
                    null,
                    null,
                    List.of(),
                    null,
                    "test",
                    Wallets.instantOf(Clock.fixed(now(), ZoneOffset.UTC)));
            ledger.inTransaction(() -> wallets.execute(gift));
        }
    }

    /** In one event. */
    private void use(int usageEvents) {
        var now = Wallets.instantOf(Clock.fixed(now(), ZoneOffset.UTC));
        var lines = IntStream.range(0, usageEvents)
                .mapToObj(number -> new UsageLine(
                        "/test", Outside.unique("usage"), "mtr", "price", BigDecimal.ONE, dollars("0.01"), now, null))
                .toList();
        ledger.inTransaction(() -> wallets.execute(new DrawDown(id, lines, now)));
    }

    private void snapshotsAt(Long... versions) {
        await().untilAsserted(() -> assertThat(versions()).contains(versions));
    }

    private List<Long> versions() {
        return jdbc.sql("select version from wallet_snapshot where wallet_id = ? and shape = ?")
                .params(id.value(), StateForm.shape())
                .query(Long.class)
                .list();
    }

    private void damage(long version, String how) {
        jdbc.sql("update wallet_snapshot set state = " + how + " where wallet_id = ? and version = ?")
                .params(id.value(), version)
                .update();
    }

    private WalletState folded() {
        return folded(history.after(id, -1, 1000));
    }

    private static WalletState folded(List<WalletEvent> events) {
        WalletState state = null;
        for (var event : events) {
            state = WalletState.evolve(state, event);
        }
        return state;
    }

    private static Money dollars(String amount) {
        return Money.of(amount, Currency.getInstance("USD"));
    }

    private List<Difference> differences() {
        var findings = new ArrayList<Finding>();
        verification.run(findings::add, () -> false);
        assertThat(findings.getLast()).isInstanceOf(End.class);
        return findings.stream()
                .filter(Difference.class::isInstance)
                .map(Difference.class::cast)
                .filter(difference -> difference.walletId().equals(id))
                .toList();
    }
}
