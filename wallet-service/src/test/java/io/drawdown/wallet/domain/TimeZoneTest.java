package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.ACCOUNT;
import static io.drawdown.wallet.domain.Given.USD;
import static io.drawdown.wallet.domain.Given.WALLET;
import static io.drawdown.wallet.domain.Given.drawDownAt;
import static io.drawdown.wallet.domain.Given.header;
import static io.drawdown.wallet.domain.Given.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.support.time.Zone;
import io.drawdown.wallet.domain.WalletCommand.ChangeReplenishmentPolicy;
import io.drawdown.wallet.domain.WalletCommand.CreditPaidInvoice;
import io.drawdown.wallet.domain.WalletCommand.OpenWallet;
import io.drawdown.wallet.domain.WalletCommand.SettleDue;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.GrantRolledOver;
import io.drawdown.wallet.domain.WalletEvent.ReplenishRequested;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentHeldBack;
import io.drawdown.wallet.domain.WalletEvent.WalletOpened;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A wallet whose account is not in UTC: its months and days begin where the account is. */
class TimeZoneTest {

    static final Zone BERLIN = Zone.of("Europe/Berlin");

    /** In the last month of winter time; Berlin is an hour ahead. */
    static final Instant IN_MARCH = Instant.parse("2027-03-20T10:00:00Z");

    /** When April begins in Berlin, and summer time has begun three days before. */
    static final Instant APRIL = Instant.parse("2027-03-31T22:00:00Z");

    private final InMemoryWallet wallet = new InMemoryWallet(ACCOUNT, USD, BERLIN, IN_MARCH);

    @Test
    void isSaidByTheFirstEvent() {
        new AggregateTestFixture<>(Wallet.class)
                .givenNoPriorActivity()
                .when(new OpenWallet(WALLET, ACCOUNT, USD, BERLIN, Given.NOW))
                .expectEvents(new WalletOpened(header(0), USD, BERLIN));
        assertThat(folded().zone()).isSameAs(BERLIN);
    }

    @Test
    void theCapIsOfTheAccountsMonth() {
        wallet.handle(policy("50", "60", "100", null));
        spendAt(IN_MARCH);
        payPending(IN_MARCH);
        wallet.handle(drawDownAt(IN_MARCH.plusSeconds(1), "59"));

        assertThat(events(ReplenishmentHeldBack.class))
                .singleElement()
                .satisfies(held -> assertThat(held.until()).isEqualTo(APRIL));
        assertThat(wallet.state().nextDueAt()).isEqualTo(APRIL);
        wallet.handle(new SettleDue(WALLET, APRIL.minusMillis(1)));
        assertThat(events(ReplenishRequested.class)).hasSize(1);
        wallet.handle(new SettleDue(WALLET, APRIL));
        assertThat(events(ReplenishRequested.class)).hasSize(2);
        assertThat(folded()).isEqualTo(wallet.state());
    }

    @Test
    void creditLastsAndRollsOverUntilTheSameTimeOfTheAccountsDay() {
        var month = new Validity(1, 0);
        var terms =
                new CreditTerms(month, List.of(), 50, null, new Rollover(new Rollover.Share(BigDecimal.ONE), month));
        var line = new CreditLine("il_1", usd("10"), usd("10"), null, terms);
        wallet.handle(new CreditPaidInvoice(WALLET, "in", null, List.of(line), IN_MARCH));
        var end = Instant.parse("2027-04-20T09:00:00Z");
        wallet.handle(new SettleDue(WALLET, end));

        assertThat(events(CreditGranted.class))
                .singleElement()
                .satisfies(granted -> assertThat(granted.expiresAt()).isEqualTo(end));
        assertThat(events(GrantRolledOver.class))
                .singleElement()
                .satisfies(rolled -> assertThat(rolled.into().expiresAt()).isEqualTo("2027-05-20T09:00:00Z"));
        assertThat(folded()).isEqualTo(wallet.state());
    }

    @Test
    void regularTopUpsComeAtTheSameTimeOfTheAccountsDay() {
        wallet.handle(policy("0", "0", null, new Recurrence(usd("25"), new Validity(0, 7), IN_MARCH.plusSeconds(1))));
        var due = Stream.iterate(0, week -> week < 3, week -> week + 1)
                .map(_ -> {
                    var next = wallet.state().nextDueAt();
                    wallet.handle(new SettleDue(WALLET, next));
                    payPending(next);
                    return next;
                })
                .toList();

        assertThat(due)
                .containsExactly(
                        Instant.parse("2027-03-20T10:00:01Z"),
                        Instant.parse("2027-03-27T10:00:01Z"),
                        Instant.parse("2027-04-03T09:00:01Z"));
    }

    private static ChangeReplenishmentPolicy policy(
            String threshold, String amount, @Nullable String cap, @Nullable Recurrence recurrence) {
        return new ChangeReplenishmentPolicy(
                WALLET,
                new ReplenishmentPolicy(
                        true,
                        usd(threshold),
                        usd(amount),
                        null,
                        cap == null ? null : usd(cap),
                        Duration.ZERO,
                        0,
                        recurrence),
                IN_MARCH);
    }

    private void spendAt(Instant at) {
        wallet.handle(drawDownAt(at, "1"));
    }

    private void payPending(Instant at) {
        var pending = wallet.state().replenishment().pending();
        var line = new CreditLine("il" + wallet.events().size(), pending.amount(), pending.amount());
        wallet.handle(new CreditPaidInvoice(WALLET, "in", pending.id(), List.of(line), at));
    }

    private <E extends WalletEvent> List<E> events(Class<E> type) {
        return wallet.events().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** What the log alone says. */
    private WalletState folded() {
        WalletState folded = null;
        for (var event : wallet.events()) {
            folded = WalletState.evolve(folded, event);
        }
        return folded;
    }
}
