package io.drawdown.wallet.usage;

import static java.util.Objects.requireNonNull;

import io.drawdown.wallet.domain.Burned;
import io.drawdown.wallet.domain.DrawnUsage;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.RunningTotal;
import io.drawdown.wallet.domain.UsageAdjustment;
import io.drawdown.wallet.domain.UsageAdjustment.Measure;
import io.drawdown.wallet.domain.UsagePeriod;
import io.drawdown.wallet.domain.WalletCommand.AdjustUsage;
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.rating.PriceBook;
import io.drawdown.wallet.rating.Rating;
import io.drawdown.wallet.rating.Rating.NotRated;
import io.drawdown.wallet.rating.Rating.Priced;
import io.drawdown.wallet.rating.Rating.Rated;
import io.drawdown.wallet.rating.Rating.RatedByTotal;
import io.drawdown.wallet.usage.CorrectedUsage.Replacement;
import io.drawdown.wallet.usage.ParkedUsage.Reason;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a correction comes to: how the wallet is to adjust the usage. What is kept of the usage stays with the grants that it
 * burned; only the difference comes back or is taken more. Usage that moves to another price or month, and whose cost depends
 * on other usage there, is undone and done again.
 */
final class Correcting {

    private final WalletState wallet;
    private final PriceBook prices;
    private final DrawnUsage usage;
    private final CorrectedUsage correction;
    private final Function<UsagePeriod, Stream<Measure>> others;
    private final Instant now;

    /** @param others what else counts in a period, in the order in which it came */
    Correcting(
            WalletState wallet,
            PriceBook prices,
            DrawnUsage usage,
            CorrectedUsage correction,
            Function<UsagePeriod, Stream<Measure>> others,
            Instant now) {
        this.wallet = wallet;
        this.prices = prices;
        this.usage = usage;
        this.correction = correction;
        this.others = others;
        this.now = now;
    }

    /** @throws NotYetCorrectable if the price or what else was used in the month is not known */
    List<AdjustUsage> adjustments() {
        var before = usage.counts();
        var replacement = correction.replacement();
        if (replacement == null) {
            return before == null ? List.of() : List.of(adjust(before, null, null));
        }
        var price = price(replacement);
        var after = measure(price, replacement);
        if (before == null || belongTogether(before, after)) {
            return List.of(adjust(before, after, price));
        }
        return List.of(adjust(before, null, null), adjust(null, after, price));
    }

    private boolean belongTogether(Measure before, Measure after) {
        return before.amount() != null && after.amount() != null
                || before.amount() == null
                        && after.amount() == null
                        && period(before).equals(period(after));
    }

    private AdjustUsage adjust(@Nullable Measure before, @Nullable Measure after, @Nullable Priced price) {
        var any = requireNonNull(after == null ? before : after);
        return any.amount() == null
                ? adjustByTotal(before, after, byTotal(any, price))
                : command(before, after, null, cost(after).minus(cost(before)), usage.burned());
    }

    private AdjustUsage adjustByTotal(@Nullable Measure before, @Nullable Measure after, RatedByTotal price) {
        var period = period(requireNonNull(after == null ? before : after));
        if (period.isClosedAt(wallet.timeAt(now), wallet.zone())) {
            throw new NotYetCorrectable(
                    Reason.PERIOD_CLOSED,
                    "What else was used in " + period.month() + " is no longer remembered, and price "
                            + period.priceId() + " depends on it; settle this correction by hand");
        }
        var total = wallet.consumption().total(period);
        var corrected = total(price, period, total, before, after);
        return command(before, after, corrected, price.cost(corrected).minus(price.cost(total)), null);
    }

    private RunningTotal total(
            RatedByTotal price,
            UsagePeriod period,
            @Nullable RunningTotal total,
            @Nullable Measure before,
            @Nullable Measure after) {
        var rest = before == null || total == null
                ? total
                : price.aggregation()
                        .without(
                                total,
                                before.quantity(),
                                before.occurredAt(),
                                () -> price.aggregation()
                                        .of(others.apply(period), wallet.zone().startOf(period.month())));
        return after == null
                ? requireNonNull(rest)
                : price.aggregation().after(rest, after.quantity(), after.occurredAt());
    }

    private AdjustUsage command(
            @Nullable Measure before,
            @Nullable Measure after,
            @Nullable RunningTotal total,
            Money amount,
            @Nullable Burned burned) {
        var adjustment = new UsageAdjustment(
                usage.source(), usage.id(), usage.meterId(), before, after, total, correction.correction(), null);
        return new AdjustUsage(wallet.id(), adjustment, amount, burned, now);
    }

    /** By the price in force when it occurred; usage that stays where it was keeps the price that has rated it. */
    private Priced price(Replacement replacement) {
        var before = usage.counts();
        return priced(
                before != null && before.occurredAt().equals(replacement.occurredAt())
                        ? prices.rate(usage.meterId(), before.priceId(), replacement.quantity())
                        : prices.rate(usage.meterId(), replacement.quantity(), replacement.occurredAt()));
    }

    private RatedByTotal byTotal(Measure measure, @Nullable Priced price) {
        var known = price == null ? priced(prices.rate(usage.meterId(), measure.priceId(), measure.quantity())) : price;
        if (known instanceof RatedByTotal byTotal) {
            return byTotal;
        }
        throw new NotYetCorrectable(
                Reason.PRICE_CHANGED,
                "Price " + measure.priceId() + " no longer depends on the total, as it did when the usage was rated;"
                        + " settle this correction by hand");
    }

    private Priced priced(Rating rating) {
        return switch (rating) {
            case NotRated(var reason, var detail) -> throw new NotYetCorrectable(Reason.of(reason), detail);
            case Priced priced
            when !priced.currency().equals(wallet.currency()) ->
                throw new NotYetCorrectable(
                        Reason.CURRENCY_MISMATCH,
                        "Price " + priced.priceId() + " is in " + priced.currency() + ", the wallet in "
                                + wallet.currency() + "; map the meter to a price in the wallet's currency");
            case Priced priced -> priced;
        };
    }

    private static Measure measure(Priced price, Replacement replacement) {
        return new Measure(
                price.priceId(),
                replacement.quantity(),
                replacement.occurredAt(),
                switch (price) {
                    case Rated rated -> rated.amount();
                    case RatedByTotal _ -> null;
                });
    }

    private UsagePeriod period(Measure measure) {
        return UsagePeriod.of(usage.meterId(), measure.priceId(), measure.occurredAt(), wallet.zone());
    }

    private Money cost(@Nullable Measure measure) {
        return measure == null || measure.amount() == null ? Money.zero(wallet.currency()) : measure.amount();
    }
}
