package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.NOW;
import static io.drawdown.wallet.domain.Given.USD;
import static io.drawdown.wallet.domain.Given.WALLET;
import static io.drawdown.wallet.domain.Given.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.domain.UsageAdjustment.Correction;
import io.drawdown.wallet.domain.UsageAdjustment.Measure;
import io.drawdown.wallet.domain.WalletCommand.AdjustUsage;
import io.drawdown.wallet.domain.WalletCommand.CreditPaidInvoice;
import io.drawdown.wallet.domain.WalletCommand.DrawDown;
import io.drawdown.wallet.domain.WalletCommand.GiveCredit;
import io.drawdown.wallet.domain.WalletCommand.SettleDue;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.UsageAdjusted;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** After all usage has been voided, in whatever order and by whatever steps, a wallet is as if nothing had been used. */
class VoidingPropertiesTest {

    private static final Instant END = NOW.plus(Duration.ofDays(60));
    private static final Correction CORRECTION = new Correction("cor", "all wrong", "test");

    @Property(tries = 500)
    void afterVoidingEverythingNothingHasBeenUsed(
            @ForAll("steps") List<Function<Instant, WalletCommand>> steps, @ForAll Random random) {
        var used = new History();
        var unused = new History();
        for (int i = 0; i < steps.size(); i++) {
            var command = steps.get(i).apply(NOW.plus(Duration.ofHours(i)));
            used.on(command);
            if (!(command instanceof DrawDown)) {
                unused.on(command);
            }
        }
        used.voidEverything(random);
        unused.on(new SettleDue(WALLET, END));
        assertThat(used.wallet.grants()).isEqualTo(unused.wallet.grants());
        assertThat(used.wallet.overdraft().isZero()).isTrue();
        assertThat(used.wallet.consumption().repayments()).isEmpty();
        assertThat(used.wallet.consumption().periods().values())
                .allMatch(usage -> usage.burned().total().isZero());
    }

    private static final class History {

        private final List<WalletEvent> events = new ArrayList<>();
        private WalletState wallet;

        private History() {
            var opened = Decisions.open(open());
            wallet = WalletState.evolve(null, opened);
        }

        private void on(WalletCommand command) {
            for (var step : Decisions.decide(wallet, command)) {
                events.add(step.event());
                wallet = WalletState.evolve(wallet, step.event());
            }
        }

        /** Each usage event by itself: some first by half, some at once. */
        private void voidEverything(Random random) {
            var lines = new ArrayList<UsageLine>();
            for (var event : events) {
                if (event instanceof UsageDrawnDown drawn) {
                    lines.addAll(drawn.lines());
                }
            }
            Collections.shuffle(lines, random);
            for (var line : lines) {
                if (random.nextBoolean()) {
                    adjust(line, line.amount().times(new BigDecimal("0.5")));
                }
                adjust(line, Money.zero(USD));
            }
            on(new SettleDue(WALLET, END));
        }

        private void adjust(UsageLine line, Money to) {
            if (line.runningTotal() == null) {
                var usage = find(line);
                var before = usage.counts();
                var after = new Measure("price", BigDecimal.ONE, line.occurredAt(), to);
                on(adjustment(
                        line, before, to.isZero() ? null : after, null, to.minus(before.amount()), usage.burned()));
            } else if (to.isZero()) {
                var measure = new Measure("price", BigDecimal.ONE, line.occurredAt(), null);
                var total = new RunningTotal(BigDecimal.ONE, line.occurredAt());
                on(adjustment(line, measure, null, total, line.amount().negated(), null));
            }
        }

        private static AdjustUsage adjustment(
                UsageLine line, Measure before, Measure after, RunningTotal total, Money amount, Burned burned) {
            return new AdjustUsage(
                    WALLET,
                    new UsageAdjustment("/test", line.id(), line.meterId(), before, after, total, CORRECTION, null),
                    amount,
                    burned,
                    END);
        }

        private DrawnUsage find(UsageLine line) {
            DrawnUsage usage = null;
            for (var event : events) {
                if (event instanceof UsageDrawnDown drawn && drawn.lines().contains(line)) {
                    usage = DrawnUsage.in(drawn, "/test", line.id(), lots(drawn.allocations()))
                            .orElseThrow();
                } else if (event instanceof UsageAdjusted adjusted
                        && adjusted.adjustment().id().equals(line.id())) {
                    usage = usage.after(adjusted, lots(adjusted.allocations()));
                }
            }
            return usage;
        }

        private List<Grant> lots(List<Allocation> allocations) {
            return allocations.stream()
                    .map(part -> events.stream()
                            .filter(event -> event instanceof CreditGranted granted
                                    && granted.grantId().equals(part.grantId()))
                            .map(event -> Grant.of((CreditGranted) event, part.amount()))
                            .findFirst()
                            .orElseThrow())
                    .toList();
        }
    }

    @Provide
    Arbitrary<List<Function<Instant, WalletCommand>>> steps() {
        return Arbitraries.oneOf(drawDowns(), drawDowns(), gifts(), payments())
                .list()
                .ofMaxSize(20)
                .map(VoidingPropertiesTest::numbered);
    }

    /** So that each step has ids of its own. */
    private static List<Function<Instant, WalletCommand>> numbered(
            List<Function<Integer, Function<Instant, WalletCommand>>> steps) {
        var numbered = new ArrayList<Function<Instant, WalletCommand>>();
        for (var step : steps) {
            numbered.add(step.apply(numbered.size()));
        }
        return numbered;
    }

    private static Arbitrary<Function<Integer, Function<Instant, WalletCommand>>> drawDowns() {
        var line = Combinators.combine(amount(), Arbitraries.of("mtr_a", "mtr_b"), Arbitraries.of(true, false));
        return line.as((amount, meter, byTotal) -> (Function<String, Function<Instant, UsageLine>>) id -> at ->
                        new UsageLine("/test", id, meter, "price", BigDecimal.ONE, amount, at, total(byTotal), null))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(lines -> number -> at -> new DrawDown(WALLET, lines(lines, number, at), at));
    }

    private static BigDecimal total(boolean byTotal) {
        return byTotal ? BigDecimal.TEN : null;
    }

    private static List<UsageLine> lines(
            List<Function<String, Function<Instant, UsageLine>>> lines, int number, Instant at) {
        var numbered = new ArrayList<UsageLine>();
        for (var line : lines) {
            numbered.add(line.apply("u" + number + "-" + numbered.size()).apply(at));
        }
        return numbered;
    }

    private static Arbitrary<Function<Integer, Function<Instant, WalletCommand>>> gifts() {
        var meters = Arbitraries.of(List.<String>of(), List.of("mtr_a"), List.of("mtr_a", "mtr_b"));
        var begins = Arbitraries.integers().between(0, 30);
        return Combinators.combine(amount(), Arbitraries.integers().between(0, 3), begins, meters)
                .as((amount, priority, hours, meterIds) -> number -> at -> new GiveCredit(
                        WALLET,
                        new GrantId("g" + number),
                        amount,
                        priority,
                        at.plus(Duration.ofHours(hours)),
                        null,
                        meterIds,
                        null,
                        "test",
                        at));
    }

    private static Arbitrary<Function<Integer, Function<Instant, WalletCommand>>> payments() {
        return amount().map(amount -> number -> at ->
                new CreditPaidInvoice(WALLET, "in", null, List.of(new CreditLine("il" + number, amount, amount)), at));
    }

    private static Arbitrary<Money> amount() {
        return Arbitraries.bigDecimals()
                .between(new BigDecimal("0.00000000000001"), new BigDecimal("120"))
                .ofScale(14)
                .map(amount -> new Money(amount, USD));
    }
}
