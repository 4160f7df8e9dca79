package io.drawdown.wallet.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.DrawnUsage;
import io.drawdown.wallet.domain.InMemoryWallet;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.UsageAdjustment.Correction;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import io.drawdown.wallet.rating.Aggregation;
import io.drawdown.wallet.rating.MeterPrices;
import io.drawdown.wallet.rating.MeterPrices.Mapping;
import io.drawdown.wallet.rating.PriceBook;
import io.drawdown.wallet.rating.Rating.Priced;
import io.drawdown.wallet.rating.Tariff;
import io.drawdown.wallet.rating.Tier;
import io.drawdown.wallet.usage.CorrectedUsage.Replacement;
import io.drawdown.wallet.usage.Drawdowns.RatedUsage;
import io.drawdown.wallet.usage.ParkedUsage.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Why a correction has to wait; the wallet stays as it is meanwhile. */
class CorrectingTest {

    static final Currency USD = Currency.getInstance("USD");
    static final Currency EUR = Currency.getInstance("EUR");
    static final AccountId ACCOUNT = new AccountId("acme");
    static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant SUMMER = Instant.parse("2026-06-21T00:00:00Z");
    static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    /** No totals of November are remembered from then on. */
    static final Instant MARCH = Instant.parse("2027-03-11T00:00:00Z");

    final InMemoryWallet wallet = new InMemoryWallet(ACCOUNT, USD, LONG_AGO);

    @Test
    void forAPriceThatIsMappedToTheTimeToWhichTheUsageMoves() {
        var used = use(plain(), "4");
        waits(plain(), used, to("4", LONG_AGO.minusMillis(1)), NOW, Reason.NO_PRICE);
        waits(prices(Aggregation.SUM), used, to("3", NOW), NOW, Reason.NO_PRICE);
    }

    @Test
    void forAVersionThatKnowsHowThePriceCharges() {
        var used = use(plain(), "4");
        var unknown = prices(Aggregation.SUM, new Tariff.Unrated("price", "is of another time"));
        waits(unknown, used, to("3", NOW), NOW, Reason.UNSUPPORTED_SCHEME);
        waits(prices(null, perUnit()), used, to("3", NOW), NOW, Reason.UNSUPPORTED_SCHEME);
    }

    @Test
    void forAPriceInTheCurrencyOfTheWallet() {
        var used = use(plain(), "4");
        var euros = prices(Aggregation.SUM, new Tariff.PerUnit("then", Money.of("1", EUR)), perUnit());
        waits(euros, used, to("4", LONG_AGO), NOW, Reason.CURRENCY_MISMATCH);
    }

    @Test
    void forSomebodyWhoSettlesAMonthThatIsNoLongerRemembered() {
        var used = use(tiered(), "4");
        assertThat(correct(tiered(), used, to("3", NOW), MARCH.minusMillis(1))).isEqualTo(usd("-1"));
        waits(tiered(), used, to("3", NOW), MARCH, Reason.PERIOD_CLOSED);
        waits(tiered(), used, null, MARCH, Reason.PERIOD_CLOSED);
    }

    @Test
    void forSomebodyWhoSettlesWhatAChangedPriceHasRated() {
        var used = use(tiered(), "4");
        waits(plain(), used, null, NOW, Reason.PRICE_CHANGED);
        waits(plain(), used, to("3", NOW), NOW, Reason.PRICE_CHANGED);
    }

    /** What it cost is known, and comes back, though price and month are long gone. */
    @Test
    void forNothingWhenUsageIsVoidWhoseCostWasItsOwn() {
        var used = use(plain(), "4");
        assertThat(correct(prices(Aggregation.SUM), used, null, MARCH)).isEqualTo(usd("-4"));
    }

    private DrawnUsage use(PriceBook prices, String quantity) {
        var usage = new Usage(0, 0, ACCOUNT, "mtr", "/test", "u", new BigDecimal(quantity), NOW, null);
        var rated = new RatedUsage(usage, (Priced) prices.rate("mtr", usage.quantity(), NOW));
        new WalletDrawdown(wallet::state, wallet::handle, Arrival.IN_ORDER, NOW, new ArrayList<>())
                .drawDown(List.of(rated));
        return DrawnUsage.in((UsageDrawnDown) wallet.events().getLast(), "/test", "u", List.of())
                .orElseThrow();
    }

    private void waits(PriceBook prices, DrawnUsage used, @Nullable Replacement to, Instant at, Reason reason) {
        assertThatThrownBy(() -> correct(prices, used, to, at))
                .isInstanceOfSatisfying(
                        NotYetCorrectable.class, not -> assertThat(not.reason()).isEqualTo(reason));
    }

    /** What the usage costs more. */
    private Money correct(PriceBook prices, DrawnUsage used, @Nullable Replacement to, Instant at) {
        var corrected =
                new CorrectedUsage(0, 1, 0, ACCOUNT, "mtr", "/test", "u", to, new Correction("cor", "wrong", "test"));
        return new Correcting(wallet.state(), prices, used, corrected, _ -> Stream.empty(), at)
                .adjustments().stream().map(adjust -> adjust.amount()).reduce(usd("0"), Money::plus);
    }

    private static Replacement to(String quantity, Instant occurredAt) {
        return new Replacement(new BigDecimal(quantity), occurredAt);
    }

    private static PriceBook plain() {
        return prices(Aggregation.SUM, perUnit());
    }

    private static PriceBook tiered() {
        var tiers = List.of(new Tier(BigDecimal.TEN, usd("1"), usd("0")), new Tier(null, usd("0.5"), usd("0")));
        return prices(Aggregation.SUM, new Tariff.Graduated("price", USD, tiers));
    }

    private static Tariff perUnit() {
        return new Tariff.PerUnit("price", usd("1"));
    }

    /** The last tariff has been in force since summer, the one before it, if any, until then. */
    private static PriceBook prices(@Nullable Aggregation aggregation, Tariff... tariffs) {
        var mappings = new ArrayList<Mapping>();
        for (var tariff : tariffs) {
            mappings.add(new Mapping(mappings.isEmpty() ? LONG_AGO : SUMMER, tariff.priceId()));
        }
        return new PriceBook(List.of(new MeterPrices("mtr", aggregation, mappings)), List.of(tariffs));
    }

    private static Money usd(String amount) {
        return Money.of(amount, USD);
    }
}
