package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.BACK_OFF;
import static io.drawdown.wallet.domain.Given.NOW;
import static io.drawdown.wallet.domain.Given.USD;
import static io.drawdown.wallet.domain.Given.WALLET;
import static io.drawdown.wallet.domain.Given.open;
import static io.drawdown.wallet.domain.Given.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.domain.WalletCommand.ChangeReplenishmentPolicy;
import io.drawdown.wallet.domain.WalletCommand.CreditPaidInvoice;
import io.drawdown.wallet.domain.WalletCommand.DrawDown;
import io.drawdown.wallet.domain.WalletCommand.FailReplenishment;
import io.drawdown.wallet.domain.WalletCommand.GiveCredit;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.ReplenishRequested;
import io.drawdown.wallet.domain.WalletEvent.ReplenishSettled;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every wallet, whatever is done to it. */
class WalletPropertiesTest {

    private static final int TRIES = 300;

    @Property(tries = TRIES)
    void whatCameInLessWhatWentOutIsTheBalance(@ForAll("commands") List<WalletCommand> commands) {
        var balance = usd("0");
        for (var event : run(commands).events) {
            balance = switch (event) {
                case CreditGranted granted -> expect(granted.settledAfter(), balance.plus(granted.amount()));
                case UsageDrawnDown drawn -> expect(drawn.settledAfter(), balance.minus(drawn.total()));
                default -> balance;
            };
        }
        assertThat(run(commands).state.settledAt(NOW)).isEqualTo(balance);
    }

    private static Money expect(Money recorded, Money computed) {
        assertThat(recorded).isEqualTo(computed);
        return recorded;
    }

    @Property(tries = TRIES)
    void linesAllocationsAndOverdraftAgree(@ForAll("commands") List<WalletCommand> commands) {
        for (var event : run(commands).events) {
            if (event instanceof UsageDrawnDown drawn) {
                assertThat(sum(drawn.lines().stream().map(UsageLine::amount).toList()))
                        .isEqualTo(drawn.total());
                assertThat(sum(drawn.allocations().stream()
                                        .map(Allocation::amount)
                                        .toList())
                                .plus(drawn.overdraft()))
                        .isEqualTo(drawn.total());
                assertThat(drawn.allocations())
                        .allMatch(allocation -> allocation.amount().isPositive());
            }
        }
    }

    @Property(tries = TRIES)
    void thereIsNeverBothCreditAndOverdraft(@ForAll("commands") List<WalletCommand> commands) {
        var state = run(commands).state;
        assertThat(state.overdraft().isNegative()).isFalse();
        assertThat(state.overdraft().isZero() || state.grants().isEmpty()).isTrue();
    }

    @Property(tries = TRIES)
    void replayGivesTheLiveState(@ForAll("commands") List<WalletCommand> commands) {
        var live = run(commands);
        WalletState replayed = null;
        for (var event : live.events) {
            replayed = WalletState.evolve(replayed, event);
        }
        assertThat(replayed).isEqualTo(live.state);
    }

    @Property(tries = TRIES)
    void sequencesHaveNoGaps(@ForAll("commands") List<WalletCommand> commands) {
        var events = run(commands).events;
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).header().sequence()).isEqualTo(i);
        }
    }

    @Property(tries = TRIES)
    void atMostOneReplenishmentIsPending(@ForAll("commands") List<WalletCommand> commands) {
        ReplenishmentId pending = null;
        for (var event : run(commands).events) {
            if (event instanceof ReplenishRequested requested) {
                assertThat(pending).isNull();
                assertThat(requested.available().plus(requested.amount()).isLessThan(requested.threshold()))
                        .isFalse();
                pending = requested.replenishmentId();
            } else if (event instanceof ReplenishSettled settled) {
                assertThat(settled.replenishmentId()).isEqualTo(pending);
                pending = null;
            }
        }
    }

    @Property(tries = TRIES)
    void splittingADrawDownOverBatchesChangesNoBalance(
            @ForAll("grants") List<WalletCommand> grants, @ForAll("amounts") List<BigDecimal> amounts) {
        var whole = run(with(grants, drawDown(amounts)));
        var split = run(with(
                grants,
                amounts.stream().map(amount -> drawDown(List.of(amount))).toArray(WalletCommand[]::new)));
        assertThat(split.state.grants()).isEqualTo(whole.state.grants());
        assertThat(split.state.overdraft()).isEqualTo(whole.state.overdraft());
    }

    @Property(tries = TRIES)
    void grantsAreBurntInBurnOrder(
            @ForAll("grants") List<WalletCommand> grants, @ForAll("amounts") List<BigDecimal> amounts) {
        var before = run(grants).state;
        var burnt = run(with(grants, drawDown(amounts))).state;
        var left = burnt.grants();
        for (int i = 1; i < left.size(); i++) {
            var untouched = left.get(i);
            assertThat(before.grants())
                    .as("only the first that is left may be begun")
                    .contains(untouched);
        }
        assertThat(left).isSortedAccordingTo(Grant.BURN_ORDER);
    }

    private static List<WalletCommand> with(List<WalletCommand> first, WalletCommand... then) {
        var all = new ArrayList<>(first);
        all.addAll(List.of(then));
        return all;
    }

    private static Money sum(List<Money> amounts) {
        return amounts.stream().reduce(usd("0"), Money::plus);
    }

    private static Run run(List<WalletCommand> commands) {
        var opened = Decisions.open(open());
        var run = new Run(new ArrayList<>(List.of(opened)), WalletState.evolve(null, opened));
        for (var command : commands) {
            for (var event : Decisions.decide(run.state, command)) {
                run.events.add(event);
                run.state = WalletState.evolve(run.state, event);
            }
        }
        return run;
    }

    private static final class Run {
        private final List<WalletEvent> events;
        private WalletState state;

        private Run(List<WalletEvent> events, WalletState state) {
            this.events = events;
            this.state = state;
        }
    }

    @Provide
    Arbitrary<List<WalletCommand>> commands() {
        return Arbitraries.oneOf(drawDowns(), drawDowns(), credits(), policies(), paidInvoices(), failures())
                .list()
                .ofMaxSize(30);
    }

    @Provide
    Arbitrary<List<WalletCommand>> grants() {
        return credits().list().ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<BigDecimal>> amounts() {
        return amount().list().ofMinSize(1).ofMaxSize(12);
    }

    /** Prices of tiny fractions of a cent are the rule, not the exception. */
    private static Arbitrary<BigDecimal> amount() {
        return Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal("120"))
                .ofScale(14);
    }

    private static Arbitrary<Money> positive() {
        return amount().filter(amount -> amount.signum() > 0).map(amount -> new Money(amount, USD));
    }

    private static Arbitrary<WalletCommand> drawDowns() {
        return amount().list().ofMinSize(1).ofMaxSize(4).map(WalletPropertiesTest::drawDown);
    }

    private static DrawDown drawDown(List<BigDecimal> amounts) {
        var lines = amounts.stream()
                .map(amount ->
                        new UsageLine("/test", "u", "mtr", "price", BigDecimal.ONE, new Money(amount, USD), NOW, null))
                .toList();
        return new DrawDown(WALLET, lines, NOW);
    }

    private static Arbitrary<WalletCommand> credits() {
        var expiries = Arbitraries.longs().between(1, 5).map(days -> NOW.plus(Duration.ofDays(days)));
        return Combinators.combine(ids(), positive(), Arbitraries.integers().between(0, 3), expiries.injectNull(0.5))
                .as((id, amount, priority, expiry) ->
                        new GiveCredit(WALLET, new GrantId(id), amount, priority, expiry, "test", NOW));
    }

    private static Arbitrary<WalletCommand> policies() {
        return Combinators.combine(positive(), positive())
                .as((threshold, amount) ->
                        new ChangeReplenishmentPolicy(WALLET, new ReplenishmentPolicy(true, threshold, amount), NOW));
    }

    private static Arbitrary<WalletCommand> paidInvoices() {
        return Combinators.combine(ids(), positive(), requests())
                .as((line, amount, request) -> new CreditPaidInvoice(
                        WALLET, "in", request, List.of(new CreditLine(line, amount, amount)), NOW));
    }

    private static Arbitrary<WalletCommand> failures() {
        return requests()
                .map(request ->
                        new FailReplenishment(WALLET, request, null, "declined", "declined", BACK_OFF, aDayAgo()));
    }

    /** Old enough that its back-off is over, so that runs ask more than once. */
    private static Instant aDayAgo() {
        return NOW.minus(Duration.ofDays(1));
    }

    private static Arbitrary<ReplenishmentId> requests() {
        return Arbitraries.integers().between(1, 4).map(number -> WALLET.replenishment(number));
    }

    private static Arbitrary<String> ids() {
        return Arbitraries.integers().between(1, 40).map(number -> "g" + number);
    }
}
