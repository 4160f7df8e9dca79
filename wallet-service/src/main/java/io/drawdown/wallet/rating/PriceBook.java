package io.drawdown.wallet.rating;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.drawdown.wallet.rating.Rating.NotRated;
import io.drawdown.wallet.rating.Rating.NotRatedReason;
import io.drawdown.wallet.rating.Rating.Rated;
import io.drawdown.wallet.rating.Rating.RatedByTotal;
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
            return unknownMeter(meterId);
        }
        var priceId = meter.priceAt(occurredAt);
        return priceId == null
                ? noPrice(
                        "No price rates meter " + meterId + " at " + occurredAt + "; map one that is effective by then")
                : rate(meter, priceId, quantity);
    }

    /** As above by a given price, whichever is mapped now: for usage that this price has rated before. */
    public Rating rate(String meterId, String priceId, BigDecimal quantity) {
        var meter = meters.get(meterId);
        return meter == null ? unknownMeter(meterId) : rate(meter, priceId, quantity);
    }

    private Rating rate(MeterPrices meter, String priceId, BigDecimal quantity) {
        var aggregation = meter.aggregation();
        if (aggregation == null) {
            return unsupported("Meter " + meter.meterId()
                    + " adds usage up in a way that this version does not know; upgrade wallet-service");
        }
        return switch (tariffs.get(priceId)) {
            case null -> noPrice("Price " + priceId + " is not in the catalogue; usage is rated when it arrives there");
            case Tariff.PerUnit(var id, var unitAmount)
            when aggregation == Aggregation.SUM -> new Rated(id, unitAmount.times(quantity));
            case Tariff.Known tariff -> new RatedByTotal(tariff, aggregation);
            case Tariff.Unrated(var id, var lack) -> unsupported("Price " + id + " " + lack);
        };
    }

    private static NotRated unknownMeter(String meterId) {
        return noPrice("Meter " + meterId + " is not in the catalogue; it is rated when it arrives there");
    }

    private static NotRated noPrice(String detail) {
        return new NotRated(NotRatedReason.NO_PRICE, detail);
    }

    private static NotRated unsupported(String detail) {
        return new NotRated(NotRatedReason.UNSUPPORTED_SCHEME, detail);
    }
}
