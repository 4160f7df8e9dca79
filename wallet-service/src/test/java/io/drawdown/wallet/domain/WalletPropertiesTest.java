package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.BACK_OFF;
import static io.drawdown.wallet.domain.Given.NOW;
import static io.drawdown.wallet.domain.Given.USD;
import static io.drawdown.wallet.domain.Given.WALLET;
import static io.drawdown.wallet.domain.Given.open;
import static io.drawdown.wallet.domain.Given.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.drawdown.support.time.Zone;
import io.drawdown.wallet.domain.WalletCommand.AdjustUsage;
import io.drawdown.wallet.domain.WalletCommand.CaptureHold;
import io.drawdown.wallet.domain.WalletCommand.ChangeOverdraftLimit;
import io.drawdown.wallet.domain.WalletCommand.ChangeReplenishmentPolicy;
import io.drawdown.wallet.domain.WalletCommand.CreditPaidInvoice;
import io.drawdown.wallet.domain.WalletCommand.DrawDown;
import io.drawdown.wallet.domain.WalletCommand.FailReplenishment;
import io.drawdown.wallet.domain.WalletCommand.FollowReversal;
import io.drawdown.wallet.domain.WalletCommand.GiveCredit;
import io.drawdown.wallet.domain.WalletCommand.PlaceHold;
import io.drawdown.wallet.domain.WalletCommand.ReleaseHold;
import io.drawdown.wallet.domain.WalletCommand.RequestTopUp;
import io.drawdown.wallet.domain.WalletCommand.SettleDue;
import io.drawdown.wallet.domain.WalletCommand.VoidGrant;
import io.drawdown.wallet.domain.WalletEvent.CreditClawedBack;
import io.drawdown.wallet.domain.WalletEvent.CreditGivenBack;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.GrantExpired;
import io.drawdown.wallet.domain.WalletEvent.GrantRolledOver;
import io.drawdown.wallet.domain.WalletEvent.GrantVoided;
import io.drawdown.wallet.domain.WalletEvent.HoldCaptured;
import io.drawdown.wallet.domain.WalletEvent.HoldPlaced;
import io.drawdown.wallet.domain.WalletEvent.HoldReleased;
import io.drawdown.wallet.domain.WalletEvent.OverdraftRepaid;
import io.drawdown.wallet.domain.WalletEvent.ReplenishRequested;
import io.drawdown.wallet.domain.WalletEvent.ReplenishSettled;
import io.drawdown.wallet.domain.WalletEvent.UsageAdjusted;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every wallet, whatever is done to it. */
class WalletPropertiesTest {

    private static final int TRIES = 300;

    /** Bought, and some of it taken back, in shares that do not come out even. */
    private static final List<CreditLine> REFUNDABLE = List.of(
            new CreditLine("r1", usd("70.00000000000001"), usd("60")),
            new CreditLine("r2", usd("33.3"), usd("70"), null, new CreditTerms(null, List.of("mtr_a"), 1, null, null)),
            new CreditLine(
                    "r3", usd("50"), usd("30"), null, new CreditTerms(new Validity(0, 2), List.of(), 1, null, null)));

    @Property(tries = TRIES)
    void whatCameInLessWhatWentOutIsTheBalance(@ForAll("commands") List<WalletCommand> commands) {
        var balance = usd("0");
        for (var event : run(commands).events) {
            balance = switch (event) {
                case CreditGranted granted -> expect(granted.settledAfter(), balance.plus(granted.amount()));
                case UsageDrawnDown drawn -> expect(drawn.settledAfter(), balance.minus(drawn.total()));
                case UsageAdjusted adjusted -> expect(adjusted.settledAfter(), balance.minus(adjusted.amount()));
                case GrantExpired expired -> expect(expired.settledAfter(), balance.minus(expired.amount()));
                case GrantRolledOver rolled -> expect(rolled.settledAfter(), balance);
                case GrantVoided voided -> expect(voided.settledAfter(), balance.minus(voided.amount()));
                case OverdraftRepaid repaid -> expect(repaid.settledAfter(), balance);
                case HoldPlaced placed -> expect(placed.settledAfter(), balance);
                case HoldReleased released -> expect(released.settledAfter(), balance);
                case HoldCaptured captured -> expect(captured.settledAfter(), balance.minus(captured.amount()));
                case CreditClawedBack clawed -> expect(clawed.settledAfter(), balance.minus(clawed.amount()));
                case CreditGivenBack given -> expect(given.settledAfter(), balance.plus(given.amount()));
                default -> balance;
            };
        }
        assertThat(run(commands).state.settled()).isEqualTo(balance);
    }

    private static Money expect(Money recorded, Money computed) {
        assertThat(recorded).isEqualTo(computed);
        return recorded;
    }

    @Property(tries = TRIES)
    void thePostingsOfADrawDownSumToZero(@ForAll("commands") List<WalletCommand> commands) {
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
    void thePostingsOfACorrectionSumToZero(@ForAll("commands") List<WalletCommand> commands) {
        for (var event : run(commands).events) {
            if (event instanceof UsageAdjusted adjusted) {
                var back = sum(Stream.concat(adjusted.returned().stream(), adjusted.repaid().stream())
                        .map(Grant::remaining)
                        .toList());
                var more = sum(
                        adjusted.allocations().stream().map(Allocation::amount).toList());
                assertThat(more.plus(adjusted.overdraft()).minus(back)).isEqualTo(adjusted.amount());
            }
        }
    }

    @Property(tries = TRIES)
    void thePostingsOfAClawBackSumToZero(@ForAll("commands") List<WalletCommand> commands) {
        for (var event : run(commands).events) {
            if (event instanceof CreditClawedBack clawed) {
                var taken = sum(
                        clawed.allocations().stream().map(Allocation::amount).toList());
                assertThat(taken.plus(clawed.overdraft())).isEqualTo(clawed.amount());
            }
        }
    }

    /** What usage of a period has burned is what it costs now. */
    @Property(tries = TRIES)
    void aPeriodHasBurnedWhatItCosts(@ForAll("commands") List<WalletCommand> commands) {
        var cost = new HashMap<String, Money>();
        var run = run(commands);
        for (var event : run.events) {
            if (event instanceof UsageDrawnDown drawn) {
                drawn.lines().stream()
                        .filter(line -> line.runningTotal() != null)
                        .forEach(line -> cost.merge(line.meterId(), line.amount(), Money::plus));
            } else if (event instanceof UsageAdjusted adjusted) {
                cost.merge(adjusted.adjustment().meterId(), adjusted.amount(), Money::plus);
            }
        }
        var burned = new HashMap<String, Money>();
        run.state
                .consumption()
                .periods()
                .forEach((period, usage) ->
                        burned.merge(period.meterId(), usage.burned().total(), Money::plus));
        assertThat(burned).isEqualTo(cost);
    }

    @Property(tries = TRIES)
    void thereIsNeverBothCreditForEverythingAndOverdraft(@ForAll("commands") List<WalletCommand> commands) {
        var state = run(commands).state;
        assertThat(state.overdraft().isNegative()).isFalse();
        assertThat(state.overdraft().isZero()
                        || state.grants().stream()
                                .noneMatch(grant -> !grant.isScoped() && grant.isSpendableAt(state.recordedAt())))
                .as("spendable credit beside an overdraft in %s", state)
                .isTrue();
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
    void aWalletsTimeNeverGoesBack(@ForAll("commands") List<WalletCommand> commands) {
        assertThat(run(commands).events)
                .extracting(event -> event.header().recordedAt())
                .isSorted();
    }

    /** What holds reserve beyond credit, and what is overdrawn already, stays within the limit at which they were placed. */
    @Property(tries = TRIES)
    void aHoldIsNeverPlacedBeyondTheOverdraftLimit(@ForAll("commands") List<WalletCommand> commands) {
        WalletState state = null;
        for (var event : run(commands).events) {
            state = WalletState.evolve(state, event);
            if (event instanceof HoldPlaced placed && placed.overdraft().isPositive()) {
                assertThat(state.overdraft().plus(state.holds().uncovered()).compareTo(state.overdraftLimit()))
                        .isNotPositive();
            }
        }
    }

    /** Nothing is lost or made of a grant: what it gave, what it lost and what is left of it is what it was. */
    @Property(tries = TRIES)
    void everyGrantIsAccountedFor(@ForAll("commands") List<WalletCommand> commands) {
        var run = run(commands);
        var open = new HashMap<GrantId, Money>();
        for (var event : run.events) {
            switch (event) {
                case CreditGranted granted ->
                    open.put(granted.grantId(), granted.amount().minus(granted.overdraftRepaid()));
                case UsageDrawnDown drawn -> drawn.allocations().forEach(part -> take(open, part));
                case OverdraftRepaid repaid -> repaid.allocations().forEach(part -> take(open, part));
                case UsageAdjusted adjusted -> {
                    adjusted.allocations().forEach(part -> take(open, part));
                    adjusted.returned().forEach(lot -> open.merge(lot.id(), lot.remaining(), Money::plus));
                    adjusted.repaid().forEach(lot -> open.merge(lot.id(), lot.remaining(), Money::plus));
                }
                case GrantRolledOver rolled -> {
                    take(open, new Allocation(rolled.grantId(), rolled.amount()));
                    assertThat(open.put(rolled.into().id(), rolled.amount())).isNull();
                }
                case GrantExpired expired -> take(open, new Allocation(expired.grantId(), expired.amount()));
                case GrantVoided voided -> take(open, new Allocation(voided.grantId(), voided.amount()));
                case HoldPlaced placed -> placed.allocations().forEach(part -> take(open, part));
                case HoldReleased released ->
                    released.allocations().forEach(part -> open.merge(part.grantId(), part.amount(), Money::plus));
                case CreditClawedBack clawed -> clawed.allocations().forEach(part -> take(open, part));
                case CreditGivenBack given ->
                    open.merge(given.grant().id(), given.amount().minus(given.overdraftRepaid()), Money::plus);
                default -> {}
            }
        }
        open.forEach((grant, left) ->
                assertThat(run.state.remainingOf(grant)).as("of %s", grant).isEqualTo(left));
    }

    /** As much as the rule lets go on, with its share of what was paid, and no more than once. */
    @Property(tries = TRIES)
    void whatRollsOverKeepsTheRule(@ForAll("commands") List<WalletCommand> commands) {
        var granted = new HashMap<GrantId, CreditGranted>();
        var rolled = new HashMap<GrantId, Money>();
        for (var event : run(commands).events) {
            if (event instanceof CreditGranted credit) {
                granted.put(credit.grantId(), credit);
            } else if (event instanceof GrantRolledOver over) {
                var credit = granted.get(over.grantId());
                var all = rolled.merge(over.grantId(), over.amount(), Money::plus);
                assertThat(keeps(credit.rollover(), all, credit.amount())).isTrue();
                assertThat(over.into().expiresAt())
                        .isEqualTo(credit.rollover().validFor().end(credit.expiresAt(), Zone.UTC));
                assertThat(over.costBasis().times(credit.amount().amount()).amount())
                        .isCloseTo(
                                over.amount().times(credit.costBasis().amount()).amount(),
                                within(credit.amount().amount().movePointLeft(12)));
            }
        }
    }

    private static boolean keeps(Rollover rollover, Money all, Money worth) {
        return !switch (rollover.limit()) {
            case Rollover.Most(var most) -> most.isLessThan(all);
            case Rollover.Share(var share) -> worth.times(share).isLessThan(all);
        };
    }

    private static void take(Map<GrantId, Money> open, Allocation part) {
        open.computeIfPresent(part.grantId(), (_, left) -> left.minus(part.amount()));
        assertThat(open.get(part.grantId()).isNegative()).isFalse();
    }

    /** Whether what is due is settled soon, late or by the next command makes no difference, but to when a top-up is asked for. */
    @Property(tries = TRIES)
    void itDoesNotMatterWhenWhatIsDueIsSettled(@ForAll("commands") List<WalletCommand> commands) {
        var late = new ArrayList<WalletCommand>();
        var soon = new ArrayList<WalletCommand>();
        for (var command : commands) {
            if (!(command instanceof ChangeReplenishmentPolicy)) {
                late.add(command);
                soon.add(new SettleDue(WALLET, command.at().minus(Duration.ofHours(5))));
                soon.add(command);
            }
        }
        var end = new SettleDue(WALLET, NOW.plus(Duration.ofDays(365)));
        late.add(end);
        soon.add(end);
        assertThat(run(soon).events).isEqualTo(run(late).events);
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
                var isForTheThreshold = !requested.manual() && requested.scheduledFor() == null;
                assertThat(isForTheThreshold
                                && requested
                                        .available()
                                        .plus(requested.amount())
                                        .isLessThan(requested.threshold()))
                        .isFalse();
                pending = requested.replenishmentId();
            } else if (event instanceof ReplenishSettled settled) {
                assertThat(settled.replenishmentId()).isEqualTo(pending);
                pending = null;
            }
        }
    }

    /** Of what it charges by itself in a calendar month, failures aside, the cap of the moment is the most. */
    @Property(tries = TRIES)
    void whatItChargesByItselfStaysWithinTheCap(@ForAll("commands") List<WalletCommand> commands) {
        var charged = new HashMap<YearMonth, Money>();
        WalletState state = null;
        for (var event : run(commands).events) {
            var pending = state == null ? null : state.replenishment().pending();
            state = WalletState.evolve(state, event);
            if (event instanceof ReplenishRequested requested && !requested.manual()) {
                var month = Zone.UTC.monthOf(requested.header().recordedAt());
                var sum = charged.merge(month, requested.amount(), Money::plus);
                var cap = state.replenishment().policy().monthlyCap();
                assertThat(cap == null || !cap.isLessThan(sum)).isTrue();
            } else if (event instanceof ReplenishSettled settled
                    && settled.outcome() == ReplenishmentOutcome.FAILED
                    && !pending.manual()) {
                charged.merge(Zone.UTC.monthOf(pending.requestedAt()), pending.amount(), Money::minus);
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
        assertThat(split.state.consumption()).isEqualTo(whole.state.consumption());
    }

    @Property(tries = TRIES)
    void grantsAreBurntInBurnOrder(
            @ForAll("grantsForEverythingAtOnce") List<WalletCommand> grants,
            @ForAll("amounts") List<BigDecimal> amounts) {
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
            var decision = decided(run.state, asGranted(command, run.events));
            for (var event : decision.events()) {
                run.events.add(event);
                run.state = WalletState.evolve(run.state, event);
            }
            assertThat(run.state).isEqualTo(decision.after());
        }
        return run;
    }

    /** What is reversed is the grant as it was given. */
    private static WalletCommand asGranted(WalletCommand command, List<WalletEvent> events) {
        return command instanceof FollowReversal follow
                ? events.stream()
                        .filter(CreditGranted.class::isInstance)
                        .map(CreditGranted.class::cast)
                        .filter(granted ->
                                granted.grantId().equals(follow.reversed().grantId()))
                        .findFirst()
                        .<WalletCommand>map(granted -> of(follow, Grant.of(granted, granted.amount())))
                        .orElse(follow)
                : command;
    }

    private static FollowReversal of(FollowReversal follow, Grant granted) {
        var reversed = new ReversedGrant(
                granted, follow.reversed().paid(), follow.reversed().takenBack());
        return new FollowReversal(WALLET, follow.reversalId(), follow.kind(), reversed, follow.seenAt(), follow.at());
    }

    /** A refusal changes nothing. */
    private static Decision decided(WalletState state, WalletCommand command) {
        try {
            return Decisions.decide(state, command);
        } catch (WalletRejection refusal) {
            return new Decision(state, List.of(), state);
        }
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
        return Combinators.combine(
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.oneOf(
                                drawDowns(),
                                drawDowns(),
                                adjustments(),
                                credits(),
                                credits(),
                                policies(),
                                paidInvoices(),
                                purchases(),
                                reversals(),
                                failures(),
                                voids(),
                                limits(),
                                topUps(),
                                holds(),
                                holds(),
                                captures(),
                                releases()))
                .as(Later::new)
                .list()
                .ofMaxSize(30)
                .map(WalletPropertiesTest::inTheOrderOfTime);
    }

    private static List<WalletCommand> inTheOrderOfTime(List<Later> all) {
        var commands = new ArrayList<WalletCommand>();
        var at = NOW;
        for (var each : all) {
            at = at.plus(Duration.ofHours(each.hoursLater));
            commands.add(each.command.apply(at));
        }
        return commands;
    }

    /** A command so many hours after the one before. */
    private record Later(int hoursLater, Function<Instant, WalletCommand> command) {}

    @Provide
    Arbitrary<List<WalletCommand>> grants() {
        return credits().map(credit -> credit.apply(NOW)).list().ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<WalletCommand>> grantsForEverythingAtOnce() {
        return credits(Arbitraries.just(null), Arbitraries.just(List.of()))
                .map(credit -> credit.apply(NOW))
                .list()
                .ofMaxSize(6);
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

    private static Arbitrary<Function<Instant, WalletCommand>> drawDowns() {
        return amount().list().ofMinSize(1).ofMaxSize(4).map(amounts -> at -> drawDown(amounts, at));
    }

    private static DrawDown drawDown(List<BigDecimal> amounts) {
        return drawDown(amounts, NOW);
    }

    /** Usage of two meters in turn, some of it at prices that depend on the total. */
    private static DrawDown drawDown(List<BigDecimal> amounts, Instant at) {
        var lines = new ArrayList<UsageLine>();
        for (var amount : amounts) {
            var meter = amount.unscaledValue().testBit(0) ? "mtr_a" : "mtr_b";
            var total = amount.unscaledValue().testBit(1) ? amount : null;
            lines.add(new UsageLine(
                    "/test", "u", meter, "price", BigDecimal.ONE, new Money(amount, USD), at, total, null));
        }
        return new DrawDown(WALLET, lines, at);
    }

    /** More or less of the cost of what was used in a month. */
    private static Arbitrary<Function<Instant, WalletCommand>> adjustments() {
        var meters = Arbitraries.of("mtr_a", "mtr_b");
        return Combinators.combine(meters, amount(), Arbitraries.of(true, true, false))
                .as((meter, amount, less) -> at -> new AdjustUsage(
                        WALLET,
                        new UsageAdjustment(
                                "/test",
                                "a",
                                meter,
                                null,
                                new UsageAdjustment.Measure("price", amount, at, null),
                                new RunningTotal(amount, at),
                                null,
                                null),
                        new Money(less ? amount.negate() : amount, USD),
                        null,
                        at));
    }

    private static Arbitrary<Function<Instant, WalletCommand>> credits() {
        return credits(
                Arbitraries.integers().between(0, 30).injectNull(0.6),
                Arbitraries.of(List.of(), List.of(), List.of("mtr_a"), List.of("mtr_a", "mtr_b")));
    }

    private static Arbitrary<Function<Instant, WalletCommand>> credits(
            Arbitrary<Integer> begins, Arbitrary<List<String>> meters) {
        var lasts = Arbitraries.integers().between(1, 120).injectNull(0.5);
        return Combinators.combine(
                        ids(), positive(), Arbitraries.integers().between(0, 3), begins, lasts, meters, rollovers())
                .as((id, amount, priority, begin, hours, meterIds, rollover) -> at -> {
                    var from = begin == null ? null : at.plus(Duration.ofHours(begin));
                    var to = hours == null ? null : (from == null ? at : from).plus(Duration.ofHours(hours));
                    return new GiveCredit(
                            WALLET,
                            new GrantId(id),
                            amount,
                            priority,
                            from,
                            to,
                            meterIds,
                            to == null ? null : rollover,
                            "test",
                            at);
                });
    }

    /** Mostly none; shares that do not come out even. */
    private static Arbitrary<Rollover> rollovers() {
        var shares = Arbitraries.bigDecimals()
                .between(new BigDecimal("0.0001"), BigDecimal.ONE)
                .ofScale(4)
                .<Rollover.Limit>map(Rollover.Share::new);
        var amounts = positive().<Rollover.Limit>map(Rollover.Most::new);
        return Combinators.combine(
                        Arbitraries.oneOf(shares, amounts),
                        Arbitraries.integers().between(1, 3))
                .as((limit, days) -> new Rollover(limit, new Validity(0, days)))
                .injectNull(0.5);
    }

    private static Arbitrary<CreditTerms> terms() {
        var validities = Arbitraries.integers()
                .between(1, 4)
                .map(days -> new Validity(0, days))
                .injectNull(0.5);
        var bonuses = Arbitraries.bigDecimals()
                .between(new BigDecimal("0.001"), BigDecimal.ONE)
                .ofScale(3)
                .<Bonus>map(Bonus.Share::new)
                .injectNull(0.7);
        Arbitrary<List<String>> meters = Arbitraries.of(List.of(), List.of(), List.of("mtr_a"));
        return Combinators.combine(validities, meters, Arbitraries.integers().between(0, 3), bonuses, rollovers())
                .as(CreditTerms::new);
    }

    private static Arbitrary<Function<Instant, WalletCommand>> policies() {
        var caps = Arbitraries.integers().between(50, 400).injectNull(0.5);
        var gaps = Arbitraries.of(Duration.ZERO, Duration.ofHours(3), Duration.ofDays(2));
        return Combinators.combine(
                        positive(),
                        whole(),
                        whole().injectNull(0.5),
                        caps,
                        gaps,
                        Arbitraries.of(0, 1, 3),
                        recurrences().injectNull(0.5))
                .as((threshold, amount, beyond, cap, gap, disableAfter, recurrence) -> at -> {
                    var target = beyond == null ? null : new Money(new BigDecimal("121"), USD).plus(beyond);
                    var most = cap == null ? null : new Money(new BigDecimal(cap), USD);
                    var policy = new ReplenishmentPolicy(
                            true, threshold, amount, target, most, gap, disableAfter, recurrence);
                    return new ChangeReplenishmentPolicy(WALLET, policy, at);
                });
    }

    private static Arbitrary<Recurrence> recurrences() {
        var periods = Arbitraries.of(new Validity(0, 1), new Validity(0, 7), new Validity(1, 0));
        var begins = Arbitraries.integers().between(-40, 10).map(days -> NOW.plus(Duration.ofDays(days)));
        return Combinators.combine(whole(), periods, begins).as(Recurrence::new);
    }

    private static Arbitrary<Money> whole() {
        return Arbitraries.integers().between(1, 120).map(number -> new Money(new BigDecimal(number), USD));
    }

    private static Arbitrary<Function<Instant, WalletCommand>> topUps() {
        return whole().map(amount -> at -> new RequestTopUp(WALLET, amount, at));
    }

    private static Arbitrary<Function<Instant, WalletCommand>> paidInvoices() {
        return Combinators.combine(ids(), positive(), positive(), requests(), terms())
                .as((line, amount, cost, request, terms) -> at -> new CreditPaidInvoice(
                        WALLET, "in", request, List.of(new CreditLine(line, amount, cost, null, terms)), at));
    }

    private static Arbitrary<Function<Instant, WalletCommand>> purchases() {
        return Arbitraries.of(REFUNDABLE)
                .map(line -> at -> new CreditPaidInvoice(WALLET, "in", null, List.of(line), at));
    }

    private static Arbitrary<Function<Instant, WalletCommand>> reversals() {
        return Combinators.combine(Arbitraries.of(REFUNDABLE), Arbitraries.of("re1", "re2"), amount())
                .as((line, id, amount) -> at -> {
                    var granted = line.grants(NOW, Zone.UTC).getFirst();
                    var takenBack = new Money(amount, USD).min(line.costBasis());
                    var reversed = new ReversedGrant(granted, line.costBasis(), takenBack);
                    return new FollowReversal(WALLET, id, "refund", reversed, at, at);
                });
    }

    private static Arbitrary<Function<Instant, WalletCommand>> failures() {
        return requests()
                .map(request ->
                        at -> new FailReplenishment(WALLET, request, null, "declined", "declined", BACK_OFF, at));
    }

    private static Arbitrary<Function<Instant, WalletCommand>> limits() {
        return amount().map(amount -> at -> new ChangeOverdraftLimit(WALLET, new Money(amount, USD), at));
    }

    private static Arbitrary<Function<Instant, WalletCommand>> holds() {
        var meters = Arbitraries.of("mtr_a", "mtr_b").injectNull(0.5);
        var lasts = Arbitraries.integers().between(1, 90);
        return Combinators.combine(holdIds(), positive(), meters, lasts)
                .as((id, amount, meter, hours) ->
                        at -> new PlaceHold(WALLET, id, amount, meter, at.plus(Duration.ofHours(hours)), null, at));
    }

    private static Arbitrary<Function<Instant, WalletCommand>> captures() {
        return Combinators.combine(holdIds(), positive(), Arbitraries.of(true, false))
                .as((id, amount, keepRest) -> at -> new CaptureHold(WALLET, id, amount, keepRest, null, at));
    }

    private static Arbitrary<Function<Instant, WalletCommand>> releases() {
        return holdIds().map(id -> at -> new ReleaseHold(WALLET, id, at));
    }

    private static Arbitrary<HoldId> holdIds() {
        return Arbitraries.integers().between(1, 4).map(number -> new HoldId("h" + number));
    }

    private static Arbitrary<Function<Instant, WalletCommand>> voids() {
        return ids().map(id -> at -> new VoidGrant(WALLET, new GrantId(id), "mistake", at));
    }

    private static Arbitrary<ReplenishmentId> requests() {
        return Arbitraries.integers().between(1, 4).map(number -> WALLET.replenishment(number));
    }

    private static Arbitrary<String> ids() {
        return Arbitraries.integers().between(1, 40).map(number -> "g" + number);
    }
}
