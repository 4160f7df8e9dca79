package io.drawdown.wallet.domain;

import static io.drawdown.wallet.domain.Given.NOW;
import static io.drawdown.wallet.domain.Given.WALLET;
import static io.drawdown.wallet.domain.Given.header;
import static io.drawdown.wallet.domain.Given.opened;
import static io.drawdown.wallet.domain.Given.paid;
import static io.drawdown.wallet.domain.Given.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.wallet.domain.WalletCommand.DrawDown;
import io.drawdown.wallet.domain.WalletEvent.SettlementChanged;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import io.drawdown.wallet.domain.WalletEvent.UsageLeftToArrears;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever usage comes, in whatever batches: who bills it depends on nothing but its order. */
class SettlingPropertiesTest {

    private static final int TRIES = 300;

    @Property(tries = TRIES)
    void everyUsageEventIsBilledOnce(@ForAll("usage") List<UsageLine> usage, @ForAll @IntRange(max = 50) int credit) {
        var run = Run.of(wallet(credit), List.of(usage));
        assertThat(Stream.concat(run.drawn(), run.left()))
                .containsExactlyInAnyOrderElementsOf(
                        usage.stream().map(UsageLine::id).toList());
    }

    @Property(tries = TRIES)
    void theBatchesItComesInChangeNothing(
            @ForAll("usage") List<UsageLine> usage,
            @ForAll @IntRange(max = 50) int credit,
            @ForAll @IntRange(min = 1, max = 7) int size) {
        var whole = Run.of(wallet(credit), List.of(usage));
        var parts = Run.of(wallet(credit), batches(usage, size));
        assertThat(parts.drawn()).containsExactlyElementsOf(whole.drawn().toList());
        assertThat(parts.state.settled()).isEqualTo(whole.state.settled());
        assertThat(parts.state.overdraft()).isEqualTo(whole.state.overdraft());
    }

    @Property(tries = TRIES)
    void onlyPrepaidUsageOverdraws(@ForAll("usage") List<UsageLine> usage, @ForAll @IntRange(max = 50) int credit) {
        var others = usage.stream()
                .filter(line -> !line.meterId().equals(Settlement.PREPAID.name()))
                .toList();
        assertThat(Run.of(wallet(credit), List.of(others)).state.overdraft()).isEqualTo(usd("0"));
    }

    @Property(tries = TRIES)
    void theWalletLosesWhatItPaysForAndNothingElse(
            @ForAll("usage") List<UsageLine> usage, @ForAll @IntRange(max = 50) int credit) {
        var run = Run.of(wallet(credit), List.of(usage));
        var drawn = run.drawn().toList();
        var cost = usd("0");
        for (var line : usage) {
            cost = drawn.contains(line.id()) ? cost.plus(line.amount()) : cost;
        }
        assertThat(run.state.settled()).isEqualTo(usd(Integer.toString(credit)).minus(cost));
    }

    @Provide
    Arbitrary<List<UsageLine>> usage() {
        var line = Combinators.combine(
                        Arbitraries.of(Settlement.values()),
                        Arbitraries.bigDecimals()
                                .between(BigDecimal.ZERO, BigDecimal.valueOf(20))
                                .ofScale(4))
                .as((mode, amount) -> new UsageLine(
                        "/test", "u", mode.name(), "price", BigDecimal.ONE, usd(amount.toPlainString()), NOW, null));
        return line.list().ofMaxSize(20).map(SettlingPropertiesTest::numbered);
    }

    private static List<UsageLine> numbered(List<UsageLine> lines) {
        return IntStream.range(0, lines.size())
                .mapToObj(i -> new UsageLine(
                        "/test",
                        "u" + i,
                        lines.get(i).meterId(),
                        "price",
                        BigDecimal.ONE,
                        lines.get(i).amount(),
                        NOW,
                        null))
                .toList();
    }

    /** Each mode has a meter of its name. */
    private static WalletState wallet(int credit) {
        var wallet = WalletState.evolve(null, opened());
        if (credit > 0) {
            wallet = WalletState.evolve(wallet, paid(1, "a", Integer.toString(credit), Integer.toString(credit)));
        }
        for (var mode : List.of(Settlement.ARREARS, Settlement.PREPAID_THEN_ARREARS)) {
            wallet = WalletState.evolve(wallet, new SettlementChanged(header(wallet.version()), mode.name(), mode));
        }
        return wallet;
    }

    private static List<List<UsageLine>> batches(List<UsageLine> usage, int size) {
        var batches = new ArrayList<List<UsageLine>>();
        for (int from = 0; from < usage.size(); from += size) {
            batches.add(usage.subList(from, Math.min(from + size, usage.size())));
        }
        return batches;
    }

    /** What comes of usage in batches. */
    private record Run(WalletState state, List<WalletEvent> events) {

        static Run of(WalletState wallet, List<List<UsageLine>> batches) {
            var events = new ArrayList<WalletEvent>();
            var state = wallet;
            for (var batch : batches) {
                for (var step : Decisions.decide(state, new DrawDown(WALLET, batch, NOW))) {
                    events.add(step.event());
                    state = step.after();
                }
            }
            return new Run(state, events);
        }

        Stream<String> drawn() {
            return events.stream()
                    .filter(UsageDrawnDown.class::isInstance)
                    .flatMap(event -> ((UsageDrawnDown) event).lines().stream())
                    .map(UsageLine::id);
        }

        Stream<String> left() {
            return events.stream()
                    .filter(UsageLeftToArrears.class::isInstance)
                    .flatMap(event -> ((UsageLeftToArrears) event).lines().stream())
                    .map(LeftUsage::id);
        }
    }
}
