package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.ACCOUNT;
import static io.drawdown.wallet.domain.Given.BACK_OFF;
import static io.drawdown.wallet.domain.Given.MONTH_END;
import static io.drawdown.wallet.domain.Given.NOW;
import static io.drawdown.wallet.domain.Given.USD;
import static io.drawdown.wallet.domain.Given.WALLET;
import static io.drawdown.wallet.domain.Given.drawDownAt;
import static io.drawdown.wallet.domain.Given.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.wallet.domain.WalletCommand.ChangeReplenishmentPolicy;
import io.drawdown.wallet.domain.WalletCommand.ChangeStatus;
import io.drawdown.wallet.domain.WalletCommand.CreditPaidInvoice;
import io.drawdown.wallet.domain.WalletCommand.FailReplenishment;
import io.drawdown.wallet.domain.WalletCommand.SettleDue;
import io.drawdown.wallet.domain.WalletEvent.ReplenishRequested;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentHeldBack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Top-ups at regular instants, beside those below the threshold. */
class RegularTopUpTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final InMemoryWallet wallet = new InMemoryWallet(ACCOUNT, USD, NOW);
    private Instant at = NOW;

    @Test
    void areAskedForAtEachInstantWhateverIsAvailable() {
        everyTenDays(NOW.plus(DAY));
        assertThat(wallet.state().nextDueAt()).isEqualTo(NOW.plus(DAY));
        settleAt(NOW.plus(DAY).minusMillis(1));
        assertThat(requests()).isEmpty();
        settleAt(NOW.plus(DAY));
        pay();
        assertThat(wallet.state().nextDueAt()).isEqualTo(NOW.plus(DAY.multipliedBy(11)));
        settleAt(NOW.plus(DAY.multipliedBy(11)));
        assertThat(requests())
                .extracting(ReplenishRequested::scheduledFor)
                .containsExactly(NOW.plus(DAY), NOW.plus(DAY.multipliedBy(11)));
        assertThat(requests()).extracting(ReplenishRequested::amount).containsOnly(usd("25"));
    }

    @Test
    void beginBehindTheRuleWhereItsFirstInstantHasPassed() {
        everyTenDays(NOW.minus(DAY.multipliedBy(25)));
        settleAt(NOW);
        assertThat(requests()).isEmpty();
        assertThat(wallet.state().nextDueAt()).isEqualTo(NOW.plus(DAY.multipliedBy(5)));
    }

    @Test
    void areNotMadeUpForWhenSeveralWereMissed() {
        everyTenDays(NOW.plus(DAY));
        settleAt(NOW.plus(DAY.multipliedBy(35)));
        assertThat(requests())
                .singleElement()
                .satisfies(request -> assertThat(request.scheduledFor()).isEqualTo(NOW.plus(DAY.multipliedBy(31))));
        pay();
        settleAt(at);
        assertThat(requests()).hasSize(1);
        assertThat(wallet.state().nextDueAt()).isEqualTo(NOW.plus(DAY.multipliedBy(41)));
    }

    @Test
    void waitForOneThatIsPendingAndForTheEndOfAPause() {
        wallet.handle(new ChangeReplenishmentPolicy(WALLET, policy("10", "100", null, NOW.plus(DAY)), at));
        wallet.handle(drawDownAt(at, "1"));
        settleAt(NOW.plus(DAY.multipliedBy(2)));
        assertThat(requests()).hasSize(1);
        pay();
        assertThat(requests()).hasSize(2);
        pay();
        wallet.handle(new ChangeStatus(WALLET, WalletStatus.PAUSED, false, "a test", at));
        assertThat(wallet.state().nextDueAt()).isNull();
        settleAt(NOW.plus(DAY.multipliedBy(12)));
        assertThat(requests()).hasSize(2);
        wallet.handle(new ChangeStatus(WALLET, WalletStatus.OPEN, false, "a test", at));
        assertThat(requests()).hasSize(3);
    }

    @Test
    void areTriedAgainAfterTheBackOffAndPaidOnce() {
        everyTenDays(NOW.plus(DAY));
        settleAt(NOW.plus(DAY));
        decline();
        assertThat(wallet.state().nextDueAt()).isEqualTo(at.plus(Duration.ofHours(1)));
        settleAt(at.plus(Duration.ofMinutes(59)));
        assertThat(requests()).hasSize(1);
        settleAt(NOW.plus(DAY).plus(Duration.ofHours(1)));
        assertThat(requests()).extracting(ReplenishRequested::scheduledFor).containsOnly(NOW.plus(DAY));
        assertThat(requests()).hasSize(2);
        pay();
        settleAt(at.plus(DAY));
        assertThat(requests()).hasSize(2);
    }

    @Test
    void countTowardsTheCap() {
        wallet.handle(new ChangeReplenishmentPolicy(WALLET, policy("0", "0", "40", NOW.plusSeconds(1)), at));
        settleAt(NOW.plusSeconds(1));
        pay();
        settleAt(NOW.plusSeconds(1).plus(DAY.multipliedBy(10)));
        assertThat(requests()).hasSize(1);
        var heldBack = (ReplenishmentHeldBack) wallet.events().getLast();
        assertThat(wallet.state().nextDueAt()).isEqualTo(heldBack.until());
        settleAt(heldBack.until());
        assertThat(requests()).hasSize(2);
    }

    @Test
    void thatDoNotFitIntoTheCapHoldBackNoneBelowTheThreshold() {
        setWithTheOpening(policy("10", "15", "60", NOW.plusSeconds(1)));
        settleAt(NOW.plusSeconds(1));
        pay();
        spend("20");
        pay();
        settleAt(NOW.plusSeconds(1).plus(DAY.multipliedBy(10)));
        assertThat(heldBack()).extracting(ReplenishmentHeldBack::scheduledFor).containsExactly(at);
        spend("15");
        assertThat(requests()).extracting(ReplenishRequested::amount).containsExactly(usd("25"), usd("15"), usd("15"));
        pay();
        assertThat(heldBack()).as("said once").hasSize(1);
        assertThat(wallet.state().nextDueAt()).isEqualTo(MONTH_END);
        settleAt(MONTH_END);
        assertThat(requests().getLast().scheduledFor())
                .isEqualTo(heldBack().getFirst().scheduledFor());
    }

    @Test
    void thatDoNotFitLetOneGoThatIsDueAtTheSameInstant() {
        setWithTheOpening(policy("10", "15", "70", NOW.plusSeconds(1)));
        settleAt(NOW.plusSeconds(1));
        pay();
        spend("40");
        spend("8");
        settleAt(NOW.plusSeconds(1).plus(DAY.multipliedBy(10)));
        pay();
        assertThat(heldBack()).extracting(ReplenishmentHeldBack::amount).containsExactly(usd("25"));
        assertThat(requests()).extracting(ReplenishRequested::amount).containsExactly(usd("25"), usd("30"), usd("15"));
    }

    @Test
    void andThoseBelowTheThresholdAreHeldBackEachForItself() {
        setWithTheOpening(policy("10", "45", "60", NOW.plusSeconds(1)));
        settleAt(NOW.plusSeconds(1));
        pay();
        spend("20");
        spend("1");
        assertThat(heldBack()).extracting(ReplenishmentHeldBack::scheduledFor).containsExactly((Instant) null);
        settleAt(NOW.plusSeconds(1).plus(DAY.multipliedBy(10)));
        assertThat(requests()).extracting(ReplenishRequested::scheduledFor).containsExactly(NOW.plusSeconds(1), at);
        assertThat(heldBack()).hasSize(1);
    }

    @Test
    void areRefusedWhereTheyNeverFitIntoTheCap() {
        assertThatThrownBy(
                        () -> wallet.handle(new ChangeReplenishmentPolicy(WALLET, policy("10", "5", "24.99", NOW), at)))
                .isInstanceOf(WalletRejection.RegularBeyondCap.class);
        wallet.handle(new ChangeReplenishmentPolicy(WALLET, policy("10", "5", "25", NOW), at));
        assertThat(wallet.state().replenishment().policy().monthlyCap()).isEqualTo(usd("25"));
    }

    @Test
    void beginAnewWhenTheyAreSwitchedOnAgainAndGoOnWhenAnotherRuleChanges() {
        everyTenDays(NOW.plus(DAY));
        var off = new ReplenishmentPolicy(false, usd("0"), usd("0"));
        wallet.handle(new ChangeReplenishmentPolicy(WALLET, off, at));
        assertThat(wallet.state().nextDueAt()).isNull();
        at = NOW.plus(DAY.multipliedBy(2));
        everyTenDays(NOW.plus(DAY));
        settleAt(at);
        assertThat(requests()).isEmpty();
        settleAt(NOW.plus(DAY.multipliedBy(11)));
        decline();
        wallet.handle(new ChangeReplenishmentPolicy(WALLET, policy("0", "0", "1000", NOW.plus(DAY)), at));
        settleAt(at.plus(Duration.ofHours(1)));
        assertThat(requests()).hasSize(2);
    }

    private void everyTenDays(Instant first) {
        wallet.handle(new ChangeReplenishmentPolicy(WALLET, policy("0", "0", null, first), at));
    }

    private void setWithTheOpening(ReplenishmentPolicy policy) {
        wallet.handle(new ChangeReplenishmentPolicy(WALLET, policy, true, at));
    }

    private void spend(String amount) {
        wallet.handle(drawDownAt(at, amount));
    }

    private static ReplenishmentPolicy policy(String threshold, String amount, @Nullable String cap, Instant first) {
        return new ReplenishmentPolicy(
                true,
                usd(threshold),
                usd(amount),
                null,
                cap == null ? null : usd(cap),
                Duration.ZERO,
                0,
                new Recurrence(usd("25"), new Validity(0, 10), first));
    }

    private void settleAt(Instant instant) {
        at = instant;
        wallet.handle(new SettleDue(WALLET, at));
    }

    private void pay() {
        var pending = wallet.state().replenishment().pending();
        var line = new CreditLine("il" + wallet.events().size(), pending.amount(), pending.amount());
        wallet.handle(new CreditPaidInvoice(WALLET, "in", pending.id(), List.of(line), at));
    }

    private void decline() {
        var pending = wallet.state().replenishment().pending().id();
        wallet.handle(new FailReplenishment(WALLET, pending, null, "declined", "The card was declined", BACK_OFF, at));
    }

    private List<ReplenishRequested> requests() {
        return events(ReplenishRequested.class);
    }

    private List<ReplenishmentHeldBack> heldBack() {
        return events(ReplenishmentHeldBack.class);
    }

    private <E extends WalletEvent> List<E> events(Class<E> type) {
        return wallet.events().stream().filter(type::isInstance).map(type::cast).toList();
    }
}
