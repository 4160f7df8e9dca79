package io.drawdown.wallet.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.support.time.Zone;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.Allocation;
import io.drawdown.wallet.domain.DrawnUsage;
import io.drawdown.wallet.domain.Grant;
import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.InMemoryWallet;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.UsageAdjustment.Correction;
import io.drawdown.wallet.domain.UsageAdjustment.Measure;
import io.drawdown.wallet.domain.UsagePeriod;
import io.drawdown.wallet.domain.WalletCommand.GiveCredit;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.UsageAdjusted;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import io.drawdown.wallet.rating.Aggregation;
import io.drawdown.wallet.rating.MeterPrices;
import io.drawdown.wallet.rating.MeterPrices.Mapping;
import io.drawdown.wallet.rating.PriceBook;
import io.drawdown.wallet.rating.Rating.Priced;
import io.drawdown.wallet.rating.Rating.Rated;
import io.drawdown.wallet.rating.Rating.RatedByTotal;
import io.drawdown.wallet.rating.Tariff;
import io.drawdown.wallet.rating.Tier;
import io.drawdown.wallet.usage.CorrectedUsage.Replacement;
import io.drawdown.wallet.usage.Drawdowns.RatedUsage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever is used, replaced and voided, in whatever order and at whatever prices: what the wallet has lost is what the usage
 * that counts in the end costs, counted at once.
 */
class RatedUsagePropertiesTest {

    private static final AccountId ACCOUNT = new AccountId("acme");
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant BEGIN = Instant.parse("2026-10-20T00:00:00Z");
    private static final Instant MIDDLE = Instant.parse("2026-10-25T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");
    private static final Correction CORRECTION = new Correction("cor", "wrong", "test");
    private static final List<String> METERS =
            List.of("plain", "packages", "graduated", "volume", "last", "max", "changing");

    @Property(tries = 600)
    void theWalletHasLostWhatCountsInTheEnd(
            @ForAll("currencies") Currency currency, @ForAll("zones") Zone zone, @ForAll("steps") List<Step> steps) {
        var story = new Story(currency, zone);
        steps.forEach(step -> step.in(story));
        assertThat(story.wallet.settled()).isEqualTo(story.given.minus(story.costOfAllAtOnce()));
        assertThat(story.parked).isEmpty();
    }

    /** One thing that happens. */
    private interface Step {
        void in(Story story);
    }

    private static final class Story {

        private final InMemoryWallet wallet;
        private final PriceBook prices;
        private final Currency currency;
        private final Map<String, Used> counting = new LinkedHashMap<>();
        private final List<ParkedUsage> parked = new ArrayList<>();
        private Money given;
        private int number;

        private Story(Currency currency, Zone zone) {
            this.currency = currency;
            this.wallet = new InMemoryWallet(ACCOUNT, currency, zone, LONG_AGO);
            this.prices = prices(currency);
            this.given = Money.zero(currency);
        }

        private void give(BigDecimal amount) {
            var money = new Money(amount, currency);
            given = given.plus(money);
            wallet.handle(new GiveCredit(
                    wallet.state().id(),
                    new GrantId("g" + number++),
                    money,
                    number % 3,
                    null,
                    null,
                    number % 4 == 0 ? List.of("graduated", "plain") : List.of(),
                    null,
                    "test",
                    NOW));
        }

        private void use(List<Used> batch) {
            var priced = new ArrayList<RatedUsage>();
            for (var used : batch) {
                var id = "u" + number++;
                counting.put(id, used);
                priced.add(new RatedUsage(
                        new Usage(0, number, ACCOUNT, used.meter, "/test", id, used.quantity, used.at, null),
                        used.price(prices)));
            }
            new WalletDrawdown(wallet::state, wallet::handle, Arrival.IN_ORDER, NOW, parked).drawDown(priced);
        }

        /** To another quantity, perhaps at another time; or to nothing. */
        private void correct(int index, Used to) {
            var ids = List.copyOf(counting.keySet());
            if (ids.isEmpty()) {
                return;
            }
            var id = ids.get(index % ids.size());
            var before = counting.remove(id);
            var replaced = before.becoming(to);
            var corrected = new CorrectedUsage(
                    0,
                    number++,
                    0,
                    ACCOUNT,
                    before.meter,
                    "/test",
                    id,
                    replaced == null ? null : new Replacement(replaced.quantity, replaced.at),
                    CORRECTION);
            new Correcting(wallet.state(), prices, find(id), corrected, this::others, NOW)
                    .adjustments()
                    .forEach(wallet::handle);
            if (replaced != null) {
                counting.put(id, replaced);
            }
        }

        private Stream<Measure> others(UsagePeriod period) {
            return counting.values().stream()
                    .filter(used -> used.period(prices, wallet.state().zone()).equals(period))
                    .map(used -> new Measure(period.priceId(), used.quantity, used.at, null));
        }

        private DrawnUsage find(String id) {
            DrawnUsage found = null;
            for (var event : wallet.events()) {
                if (event instanceof UsageDrawnDown drawn) {
                    found = DrawnUsage.in(drawn, "/test", id, lots(drawn.allocations()))
                            .orElse(found);
                } else if (event instanceof UsageAdjusted adjusted
                        && adjusted.adjustment().id().equals(id)) {
                    found = found == null
                            ? DrawnUsage.in(adjusted)
                            : found.after(adjusted, lots(adjusted.allocations()));
                }
            }
            return found;
        }

        private List<Grant> lots(List<Allocation> allocations) {
            return allocations.stream()
                    .map(part -> wallet.events().stream()
                            .filter(CreditGranted.class::isInstance)
                            .map(CreditGranted.class::cast)
                            .filter(granted -> granted.grantId().equals(part.grantId()))
                            .map(granted -> Grant.of(granted, part.amount()))
                            .findFirst()
                            .orElseThrow())
                    .toList();
        }

        private Money costOfAllAtOnce() {
            var cost = Money.zero(currency);
            var periods = new LinkedHashMap<UsagePeriod, List<Used>>();
            for (var used : counting.values()) {
                periods.computeIfAbsent(used.period(prices, wallet.state().zone()), _ -> new ArrayList<>())
                        .add(used);
            }
            for (var used : periods.values()) {
                cost = cost.plus(costOf(used));
            }
            return cost;
        }

        private Money costOf(List<Used> used) {
            return switch (used.getFirst().price(prices)) {
                case Rated rated -> ((Tariff.Known) tariff(currency, rated.priceId())).cost(sum(used));
                case RatedByTotal price -> price.tariff().cost(total(price.aggregation(), used));
            };
        }

        private static BigDecimal total(Aggregation aggregation, List<Used> used) {
            return switch (aggregation) {
                case SUM -> sum(used);
                case MAX ->
                    used.stream()
                            .map(each -> each.quantity)
                            .max(Comparator.naturalOrder())
                            .orElseThrow();
                case LAST -> last(used);
            };
        }

        private static BigDecimal sum(List<Used> used) {
            return used.stream().map(each -> each.quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        private static BigDecimal last(List<Used> used) {
            var last = used.getFirst();
            for (var each : used) {
                last = each.at.isBefore(last.at) ? last : each;
            }
            return last.quantity;
        }
    }

    /** @param quantity negative stands for void where it replaces something */
    private record Used(String meter, BigDecimal quantity, Instant at) {

        private Priced price(PriceBook prices) {
            return (Priced) prices.rate(meter, quantity, at);
        }

        private UsagePeriod period(PriceBook prices, Zone zone) {
            return UsagePeriod.of(meter, price(prices).priceId(), at, zone);
        }

        private Used becoming(Used other) {
            if (other.quantity.signum() < 0) {
                return null;
            }
            var moves = other.quantity.unscaledValue().testBit(0);
            return new Used(meter, other.quantity, moves ? other.at : at);
        }
    }

    private static PriceBook prices(Currency currency) {
        return new PriceBook(
                List.of(
                        meter("plain", Aggregation.SUM, "plain"),
                        meter("packages", Aggregation.SUM, "packages"),
                        meter("graduated", Aggregation.SUM, "graduated"),
                        meter("volume", Aggregation.SUM, "volume"),
                        meter("last", Aggregation.LAST, "plain"),
                        meter("max", Aggregation.MAX, "volume"),
                        new MeterPrices(
                                "changing",
                                Aggregation.SUM,
                                List.of(new Mapping(LONG_AGO, "graduated"), new Mapping(MIDDLE, "plain")))),
                List.of(
                        tariff(currency, "plain"),
                        tariff(currency, "packages"),
                        tariff(currency, "graduated"),
                        tariff(currency, "volume")));
    }

    private static MeterPrices meter(String id, Aggregation aggregation, String price) {
        return new MeterPrices(id, aggregation, List.of(new Mapping(LONG_AGO, price)));
    }

    private static Tariff tariff(Currency currency, String id) {
        var tiers = List.of(
                new Tier(new BigDecimal("10"), Money.of("1", currency), Money.of("3", currency)),
                new Tier(new BigDecimal("30"), Money.of("0.25", currency), Money.of("0", currency)),
                new Tier(null, Money.of("0.000000000001", currency), Money.of("1", currency)));
        return switch (id) {
            case "plain" -> new Tariff.PerUnit(id, Money.of("0.0300000000007", currency));
            case "packages" -> new Tariff.PerPackage(id, Money.of("2", currency), 7, true);
            case "graduated" -> new Tariff.Graduated(id, currency, tiers);
            default -> new Tariff.Volume(id, currency, tiers);
        };
    }

    @Provide
    Arbitrary<Currency> currencies() {
        return Arbitraries.of("USD", "JPY", "KWD").map(Currency::getInstance);
    }

    @Provide
    Arbitrary<Zone> zones() {
        return Arbitraries.of("UTC", "Asia/Kathmandu", "America/Los_Angeles", "Pacific/Kiritimati")
                .map(Zone::of);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Step> gifts =
                Arbitraries.integers().between(1, 60).map(amount -> story -> story.give(new BigDecimal(amount)));
        Arbitrary<Step> uses =
                used(BigDecimal.ZERO).list().ofMinSize(1).ofMaxSize(4).map(batch -> story -> story.use(batch));
        Arbitrary<Step> corrections = Combinators.combine(
                        Arbitraries.integers().between(0, 30), used(new BigDecimal("-15")))
                .as((index, to) -> story -> story.correct(index, to));
        return Arbitraries.oneOf(gifts, uses, uses, corrections, corrections)
                .list()
                .ofMaxSize(25);
    }

    private static Arbitrary<Used> used(BigDecimal least) {
        var quantities =
                Arbitraries.bigDecimals().between(least, new BigDecimal("25")).ofScale(2);
        var times = Arbitraries.integers().between(0, 24 * 25).map(hours -> BEGIN.plus(Duration.ofHours(hours)));
        return Combinators.combine(Arbitraries.of(METERS), quantities, times).as(Used::new);
    }
}
