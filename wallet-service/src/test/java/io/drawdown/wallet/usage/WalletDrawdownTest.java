package io.drawdown.wallet.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.InMemoryWallet;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.SourceRange;
import io.drawdown.wallet.domain.UsageLine;
import io.drawdown.wallet.domain.WalletCommand.GiveCredit;
import io.drawdown.wallet.domain.WalletEvent.UsageAdjusted;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import io.drawdown.wallet.rating.Aggregation;
import io.drawdown.wallet.rating.Rating.Priced;
import io.drawdown.wallet.rating.Rating.Rated;
import io.drawdown.wallet.rating.Rating.RatedByTotal;
import io.drawdown.wallet.rating.Tariff;
import io.drawdown.wallet.rating.Tier;
import io.drawdown.wallet.usage.Drawdowns.RatedUsage;
import io.drawdown.wallet.usage.ParkedUsage.Reason;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WalletDrawdownTest {

    static final Currency USD = Currency.getInstance("USD");
    static final AccountId ACCOUNT = new AccountId("acme");
    static final Instant OCTOBER = Instant.parse("2026-10-31T23:59:59Z");
    static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    static final Priced PLAIN = new Rated("plain", usd("1"));
    static final Priced TIERS = byTotal("1", "0.5");

    final InMemoryWallet wallet = new InMemoryWallet(ACCOUNT, USD, OCTOBER);
    final List<ParkedUsage> parked = new ArrayList<>();
    long offset;

    @Test
    void drawsAllDownInOneEventThatSaysWhereItsUsageStands() {
        draw(NOW, usage(PLAIN, "7", NOW), usage(TIERS, "8", NOW), usage(TIERS, "4", NOW));
        var drawn = (UsageDrawnDown) wallet.events().getLast();
        assertThat(wallet.events()).hasSize(2);
        assertThat(drawn.position()).isEqualTo(new SourceRange(0, 1, 3));
        assertThat(drawn.lines())
                .extracting(UsageLine::amount, line -> text(line.runningTotal()))
                .containsExactly(tuple(usd("1"), "none"), tuple(usd("8"), "8"), tuple(usd("3"), "12"));
    }

    @Test
    void countsEachMonthByItself() {
        draw(NOW, usage(TIERS, "10", OCTOBER), usage(TIERS, "10", OCTOBER.plusSeconds(1)));
        assertThat(wallet.settled()).isEqualTo(usd("-20"));
        draw(NOW, usage(TIERS, "10", OCTOBER));
        assertThat(wallet.settled()).isEqualTo(usd("-25"));
    }

    @Test
    void usageThatMakesOtherUsageCheaperStandsByItself() {
        var volume = volume();
        draw(NOW, usage(volume, "10", NOW), usage(volume, "1", NOW), usage(volume, "1", NOW));
        assertThat(wallet.events())
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("WalletOpened", "UsageDrawnDown", "UsageAdjusted", "UsageDrawnDown");
        var adjusted = (UsageAdjusted) wallet.events().get(2);
        assertThat(adjusted.amount()).isEqualTo(usd("-8.9"));
        assertThat(adjusted.adjustment().position()).isEqualTo(new SourceRange(0, 2, 2));
        assertThat(wallet.settled()).isEqualTo(usd("-1.2"));
    }

    /** The 100th day after October is the 8th of February. */
    @Test
    void takesNoMoreUsageOfAMonthThatItDoesNotRememberAnyMore() {
        var end = Instant.parse("2027-02-09T00:00:00Z");
        draw(NOW, usage(TIERS, "10", OCTOBER), usage(TIERS, "1", NOW));
        draw(end.minusMillis(1), usage(TIERS, "2", OCTOBER));
        assertThat(wallet.settled()).isEqualTo(usd("-12"));
        draw(end, usage(TIERS, "2", OCTOBER), usage(TIERS, "1", NOW), usage(PLAIN, "1", OCTOBER));
        assertThat(parked).extracting(ParkedUsage::reason).containsExactly(Reason.PERIOD_CLOSED);
        assertThat(wallet.settled()).isEqualTo(usd("-14"));
        assertThat(wallet.state().consumption().periods().keySet())
                .extracting(period -> period.month().toString())
                .containsExactly("2026-11");
    }

    /** It would have to give back more than was ever taken. */
    @Test
    void parksUsageOfAPriceThatIsNotWhatItWas() {
        draw(NOW, usage(TIERS, "10", NOW));
        draw(NOW, usage(byTotal("9", "0"), "1", NOW), usage(PLAIN, "1", NOW));
        assertThat(parked).isEmpty();
        draw(NOW, usage(byTotal("100", "-100"), "10", NOW), usage(PLAIN, "1", NOW));
        assertThat(parked).extracting(ParkedUsage::reason).containsExactly(Reason.PRICE_CHANGED);
        assertThat(wallet.events().getLast()).isInstanceOf(UsageDrawnDown.class);
    }

    /** An event that names them all could not be sent, and nothing behind it. */
    @Test
    void parksUsageForWhichTooManyGrantsWouldGetSomethingBack() {
        var volume = volume();
        for (int i = 0; i < 10; i++) {
            giveTwentyOfFiveCents(i);
            draw(NOW, usage(volume, "1", NOW));
        }
        assertThat(wallet.state().grants()).isEmpty();

        draw(NOW, usage(volume, "1", NOW), usage(PLAIN, "1", NOW));

        assertThat(parked).extracting(ParkedUsage::reason).containsExactly(Reason.TOO_MANY_GRANTS);
        assertThat(wallet.settled()).isEqualTo(usd("-1"));
    }

    /** Each for many meters. */
    private void giveTwentyOfFiveCents(int round) {
        var meters = IntStream.range(0, 60)
                .mapToObj("a_meter_whose_id_is_forty_characters_%03d"::formatted)
                .toList();
        var all = Stream.concat(meters.stream(), Stream.of("mtr")).sorted().toList();
        for (int i = 0; i < 20; i++) {
            var id = new GrantId("grt_" + round + "_" + i);
            wallet.handle(
                    new GiveCredit(wallet.state().id(), id, usd("0.05"), 50, null, null, all, null, "a test", NOW));
        }
    }

    @Test
    void usageThatWasParkedCarriesNoPositionAndIsNotedWithWhereToLookForIt() {
        draw(NOW, usage(PLAIN, "1", NOW));
        var replayed = new ReplayedUsage();
        var late = usage(PLAIN, "1", NOW);
        new WalletDrawdown(wallet::state, wallet::handle, replayed, NOW, parked).drawDown(List.of(late));
        assertThat(((UsageDrawnDown) wallet.events().getLast()).position()).isNull();
        assertThat(replayed.places())
                .containsExactly(
                        new ReplayedUsage.Place(late.usage(), wallet.state().id(), 2));
    }

    @Test
    void aWalletsTimeDecidesWhetherAMonthIsClosed() {
        draw(NOW.plus(Duration.ofDays(200)), usage(PLAIN, "1", NOW));
        draw(NOW, usage(TIERS, "1", OCTOBER));
        assertThat(parked).extracting(ParkedUsage::reason).containsExactly(Reason.PERIOD_CLOSED);
    }

    private void draw(Instant at, RatedUsage... usage) {
        new WalletDrawdown(wallet::state, wallet::handle, Arrival.IN_ORDER, at, parked).drawDown(List.of(usage));
    }

    private RatedUsage usage(Priced price, String quantity, Instant occurredAt) {
        offset++;
        var usage =
                new Usage(0, offset, ACCOUNT, "mtr", "/test", "u" + offset, new BigDecimal(quantity), occurredAt, null);
        return new RatedUsage(usage, price);
    }

    private static RatedByTotal byTotal(String first, String then) {
        return new RatedByTotal(new Tariff.Graduated("price", USD, tiers(first, then)), Aggregation.SUM);
    }

    private static RatedByTotal volume() {
        return new RatedByTotal(new Tariff.Volume("volume", USD, tiers("1", "0.1")), Aggregation.SUM);
    }

    private static List<Tier> tiers(String first, String then) {
        return List.of(new Tier(new BigDecimal("10"), usd(first), usd("0")), new Tier(null, usd(then), usd("0")));
    }

    private static Money usd(String amount) {
        return Money.of(amount, USD);
    }

    private static String text(@Nullable BigDecimal number) {
        return number == null ? "none" : number.toPlainString();
    }
}
