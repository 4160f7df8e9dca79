package io.drawdown.crm.catalog;

import io.drawdown.crm.catalog.domain.Meter;
import io.drawdown.crm.catalog.domain.Price;
import io.drawdown.crm.catalog.domain.PriceMapping;
import io.drawdown.support.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What billing operators add to Stripe's catalogue; each method is one transaction. */
@Service
class CatalogDesk {

    private final Prices prices;
    private final CreditTermsTable terms;
    private final Meters meters;
    private final CatalogPublisher publisher;
    private final Clock clock;

    CatalogDesk(Prices prices, CreditTermsTable terms, Meters meters, CatalogPublisher publisher, Clock clock) {
        this.prices = prices;
        this.terms = terms;
        this.meters = meters;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Says whether paying a line of the price buys credit. */
    @Transactional
    Price flag(String priceId, boolean creditGrant) {
        var price = prices.lock(priceId).orElseThrow(() -> unknown("price", priceId));
        var flagged = price.withCreditGrant(creditGrant, now());
        if (price.creditGrant() == creditGrant) {
            return price;
        }
        prices.store(flagged);
        publisher.publish(flagged);
        return flagged;
    }

    /**
     * Sets what credit is like that is bought by the price from the instant on.
     *
     * @param request without an instant, from now on, which changes nothing when the same terms are in force
     */
    @Transactional
    Price setCreditTerms(String priceId, CreditTermsJson request) {
        var price = prices.lock(priceId).orElseThrow(() -> unknown("price", priceId));
        var now = now();
        var asked = request.terms(now);
        requireKnown(asked.meterIds());
        var inForce = price.creditTermsAt(now);
        if (request.effectiveAt() == null
                && inForce.filter(known -> known.from(now).equals(asked)).isPresent()) {
            return price;
        }
        var changed = price.withCreditTerms(asked, now);
        if (changed != price) {
            prices.store(changed);
            terms.store(priceId, asked);
            publisher.publish(changed);
        }
        return changed;
    }

    private void requireKnown(List<String> meterIds) {
        for (var meterId : meterIds) {
            if (meters.find(meterId).isEmpty()) {
                throw new ProblemException(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "unknown-meter",
                        "There is no meter " + meterId + " in the catalogue that credit could be spent on; GET"
                                + " /v1/catalog/meters lists those there are");
            }
        }
    }

    /**
     * Lets the price rate the meter's usage from the instant on.
     *
     * @param effectiveAt from when on, to the millisecond; absent for now, which changes nothing when the price rates
     *     the meter now
     */
    @Transactional
    Meter map(String meterId, String priceId, @Nullable Instant effectiveAt) {
        var meter = meters.lock(meterId).orElseThrow(() -> unknown("meter", meterId));
        var price = prices.lock(priceId).orElseThrow(() -> unknown("price", priceId));
        price.requireRates(meterId);
        var now = now();
        if (effectiveAt == null && isRatedBy(meter, priceId, now)) {
            return meter;
        }
        var from = effectiveAt == null ? now : effectiveAt.truncatedTo(ChronoUnit.MILLIS);
        return store(meter, new PriceMapping(priceId, price.productId(), from), now);
    }

    private Meter store(Meter meter, PriceMapping mapping, Instant now) {
        var mapped = meter.map(mapping, now);
        if (!mapped.equals(meter)) {
            meters.store(mapped);
            meters.map(meter.meterId(), mapping);
            publisher.publish(mapped);
        }
        return mapped;
    }

    private static boolean isRatedBy(Meter meter, String priceId, Instant now) {
        return meter.mappingAt(now)
                .filter(mapping -> mapping.priceId().equals(priceId))
                .isPresent();
    }

    static ProblemException unknown(String kind, String id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                kind + "-not-found",
                "There is no " + kind + " " + id + " in the catalogue; GET /v1/catalog/" + kind
                        + "s lists those there are. One just made in Stripe appears within seconds.");
    }

    /** To the millisecond, as the events have it. */
    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
