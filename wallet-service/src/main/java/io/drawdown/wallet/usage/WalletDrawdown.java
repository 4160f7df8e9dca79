package io.drawdown.wallet.usage;

import io.drawdown.wallet.domain.LeftUsage;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.RunningTotal;
import io.drawdown.wallet.domain.Settlement;
import io.drawdown.wallet.domain.SourceRange;
import io.drawdown.wallet.domain.UsageAdjustment;
import io.drawdown.wallet.domain.UsageLine;
import io.drawdown.wallet.domain.UsagePeriod;
import io.drawdown.wallet.domain.WalletCommand;
import io.drawdown.wallet.domain.WalletCommand.AdjustUsage;
import io.drawdown.wallet.domain.WalletCommand.DrawDown;
import io.drawdown.wallet.domain.WalletCommand.LeaveToArrears;
import io.drawdown.wallet.domain.WalletRejection;
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.domain.WalletStatus;
import io.drawdown.wallet.rating.Rating;
import io.drawdown.wallet.rating.Rating.NotRated;
import io.drawdown.wallet.rating.Rating.Priced;
import io.drawdown.wallet.rating.Rating.Rated;
import io.drawdown.wallet.rating.Rating.RatedByTotal;
import io.drawdown.wallet.usage.Drawdowns.RatedUsage;
import io.drawdown.wallet.usage.ParkedUsage.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Draws one wallet's usage of a batch down, or leaves it to Stripe's meters: all of it in one event, but for what makes
 * earlier usage cheaper, which is an event of its own, and for very many lines.
 */
final class WalletDrawdown {

    private final Supplier<WalletState> wallet;
    private final Consumer<WalletCommand> decide;
    private final Arrival arrival;
    private final Instant now;
    private final List<ParkedUsage> parked;

    private final List<Usage> usage = new ArrayList<>();
    private final List<UsageLine> lines = new ArrayList<>();

    private final List<Usage> left = new ArrayList<>();

    /** What {@link #lines} have brought totals to. */
    private final Map<UsagePeriod, RunningTotal> totals = new HashMap<>();

    /**
     * @param wallet as it is at any time
     * @param decide has it decide
     * @param parked takes what cannot be drawn down
     */
    WalletDrawdown(
            Supplier<WalletState> wallet,
            Consumer<WalletCommand> decide,
            Arrival arrival,
            Instant now,
            List<ParkedUsage> parked) {
        this.wallet = wallet;
        this.decide = decide;
        this.arrival = arrival;
        this.now = now;
        this.parked = parked;
    }

    void drawDown(List<RatedUsage> batch) {
        for (var each : batch) {
            if (wallet.get().status() == WalletStatus.CLOSED) {
                parked.add(closed(each.usage()));
            } else if (settlement(each.usage()) == Settlement.ARREARS) {
                left.add(each.usage());
            } else {
                add(each.usage(), each.rating());
            }
        }
        draw();
        for (var part : Parts.of(left, Parts::characters)) {
            var unrated = part.stream().map(WalletDrawdown::unrated).toList();
            decide.accept(new LeaveToArrears(wallet.get().id(), unrated, position(part), now));
        }
    }

    private Settlement settlement(Usage used) {
        return wallet.get().settlements().of(used.meterId());
    }

    private void add(Usage used, Rating rating) {
        switch (rating) {
            case NotRated cause -> parked.add(ParkedUsage.notRated(used, cause));
            case Priced price
            when !price.currency().equals(wallet.get().currency()) -> parked.add(mismatch(used, price));
            case Rated(var priceId, var amount) -> add(used, priceId, amount, null);
            case RatedByTotal price when settlement(used) == Settlement.PREPAID -> addByTotal(used, price);
            case RatedByTotal price -> drawByItself(used, price);
        }
    }

    /** What the wallet leaves to Stripe does not count in its total, so that each one must be settled before the next. */
    private void drawByItself(Usage used, RatedByTotal price) {
        draw();
        addByTotal(used, price);
        draw();
    }

    private void addByTotal(Usage used, RatedByTotal price) {
        var period = UsagePeriod.of(
                used.meterId(), price.priceId(), used.occurredAt(), wallet.get().zone());
        if (period.isClosedAt(wallet.get().timeAt(now), wallet.get().zone())) {
            parked.add(tooLate(used, period));
            return;
        }
        var before = total(period);
        var after = price.aggregation().after(before, used.quantity(), used.occurredAt());
        var amount = price.cost(after).minus(price.cost(before));
        if (amount.isNegative()) {
            draw();
            adjust(used, price.priceId(), amount, after);
        } else {
            totals.put(period, after);
            add(used, price.priceId(), amount, after.quantity());
        }
    }

    private @Nullable RunningTotal total(UsagePeriod period) {
        var open = totals.get(period);
        return open == null ? wallet.get().consumption().total(period) : open;
    }

    private void add(Usage used, String priceId, Money amount, @Nullable BigDecimal runningTotal) {
        usage.add(used);
        lines.add(new UsageLine(
                used.source(),
                used.id(),
                used.meterId(),
                priceId,
                used.quantity(),
                amount,
                used.occurredAt(),
                runningTotal,
                used.traceId()));
    }

    private void draw() {
        int from = 0;
        for (var part : Parts.of(lines, Parts::characters)) {
            int to = from + part.size();
            var position = position(usage.subList(from, to));
            decide.accept(new DrawDown(wallet.get().id(), part, position, now));
            from = to;
        }
        usage.clear();
        lines.clear();
        totals.clear();
    }

    /** Usage that makes what was used before cheaper. */
    private void adjust(Usage used, String priceId, Money amount, RunningTotal total) {
        var measure = new UsageAdjustment.Measure(priceId, used.quantity(), used.occurredAt(), null);
        var adjustment = new UsageAdjustment(
                used.source(), used.id(), used.meterId(), null, measure, total, null, position(List.of(used)));
        try {
            decide.accept(new AdjustUsage(wallet.get().id(), adjustment, amount, null, now));
        } catch (WalletRejection.MoreThanBurned refusal) {
            // Prices never change, so this is somebody's mistake; the usage behind it must not wait for that.
            parked.add(new ParkedUsage(used, Reason.PRICE_CHANGED, String.valueOf(refusal.getMessage())));
        } catch (WalletRejection.TooManyGrantsBurned refusal) {
            parked.add(new ParkedUsage(used, Reason.TOO_MANY_GRANTS, String.valueOf(refusal.getMessage())));
        }
    }

    private @Nullable SourceRange position(List<Usage> drawn) {
        return arrival.drawing(drawn, wallet.get().id(), wallet.get().version());
    }

    private static ParkedUsage tooLate(Usage used, UsagePeriod period) {
        return new ParkedUsage(
                used,
                Reason.PERIOD_CLOSED,
                "What else was used in " + period.month() + " is no longer remembered, and price " + period.priceId()
                        + " depends on it; settle this usage by hand");
    }

    private ParkedUsage mismatch(Usage used, Priced price) {
        return new ParkedUsage(
                used,
                Reason.CURRENCY_MISMATCH,
                "Price " + price.priceId() + " is in " + price.currency() + ", the wallet in "
                        + wallet.get().currency() + "; map the meter to a price in the wallet's currency");
    }

    private ParkedUsage closed(Usage used) {
        return new ParkedUsage(
                used,
                Reason.WALLET_CLOSED,
                "Wallet " + wallet.get().id() + " is closed; its usage is drawn down when somebody opens it again");
    }

    private static LeftUsage unrated(Usage used) {
        return new LeftUsage(
                used.source(), used.id(), used.meterId(), used.quantity(), used.occurredAt(), used.traceId());
    }
}
