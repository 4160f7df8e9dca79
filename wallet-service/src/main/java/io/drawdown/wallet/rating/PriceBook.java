package io.drawdown.wallet.rating;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.drawdown.wallet.rating.Rating.NotRated;
import io.drawdown.wallet.rating.Rating.NotRatedReason;
import io.drawdown.wallet.rating.Rating.Rated;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** Meters and prices at one moment. Immutable. */
public final class PriceBook {

    private final Map<String, MeterPrices> meters;
    private final Map<String, Tariff> tariffs;

    public PriceBook(Collection<MeterPrices> meters, Collection<? extends Tariff> tariffs) {
        this.meters = meters.stream().collect(toUnmodifiableMap(MeterPrices::meterId, identity()));
        this.tariffs = tariffs.stream().collect(toUnmodifiableMap(Tariff::priceId, identity()));
    }

    /** Rates {@code quantity} units of a meter, used at {@code occurredAt}. */
    public Rating rate(String meterId, BigDecimal quantity, Instant occurredAt) {
        var meter = meters.get(meterId);
        if (meter == null) {
            return noPrice("Meter " + meterId + " is not in the catalogue; it is rated when it arrives there");
        }
        if (!meter.additive()) {
            return unsupported("Meter " + meterId + " neither sums nor counts; only such usage is drawn down");
        }
        var priceId = meter.priceAt(occurredAt);
        return priceId == null
                ? noPrice(
                        "No price rates meter " + meterId + " at " + occurredAt + "; map one that is effective by then")
                : rate(priceId, quantity);
    }

    private Rating rate(String priceId, BigDecimal quantity) {
        return switch (tariffs.get(priceId)) {
            case null -> noPrice("Price " + priceId + " is not in the catalogue; usage is rated when it arrives there");
            case Tariff.PerUnit(var id, var unitAmount) -> new Rated(id, unitAmount.times(quantity));
            case Tariff.Unsupported(var id, var scheme) ->
                unsupported("Price " + id + " charges by " + scheme + "; map the meter to a price per unit");
        };
    }

    private static NotRated noPrice(String detail) {
        return new NotRated(NotRatedReason.NO_PRICE, detail);
    }

    private static NotRated unsupported(String detail) {
        return new NotRated(NotRatedReason.UNSUPPORTED_SCHEME, detail);
    }
}
