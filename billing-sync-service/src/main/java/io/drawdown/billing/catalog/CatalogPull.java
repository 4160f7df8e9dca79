package io.drawdown.billing.catalog;

import io.drawdown.billing.domain.MeterSnapshot;
import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.domain.PriceSnapshot;
import io.drawdown.billing.domain.ProductSnapshot;
import io.drawdown.billing.domain.StripeFailure;
import io.drawdown.billing.mirror.Comparison;
import io.drawdown.billing.mirror.Observation;
import io.drawdown.billing.work.SyncRuns;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Compares the whole catalogue with what was published, at start and from time to time. */
@Component
class CatalogPull {

    private static final String RUN = "catalog";

    private final CatalogSource stripe;
    private final Comparison comparison;
    private final SyncRuns runs;
    private final Clock clock;

    CatalogPull(CatalogSource stripe, Comparison comparison, SyncRuns runs, Clock clock) {
        this.stripe = stripe;
        this.comparison = comparison;
        this.runs = runs;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${drawdown.sync.catalog-interval:10m}")
    void pull() {
        try {
            runs.finished(RUN, null, requestDifferences(), clock.instant());
        } catch (StripeFailure e) {
            runs.failed(RUN, String.valueOf(e.getMessage()));
        }
    }

    /** Products before prices, so that a reader of the topic mostly knows a price's product. */
    private int requestDifferences() {
        var products = byId(stripe.products(), ProductSnapshot::productId, CatalogRecords::of);
        var meters = byId(stripe.meters(), MeterSnapshot::meterId, CatalogRecords::of);
        var prices = byId(stripe.prices(), PriceSnapshot::priceId, CatalogRecords::of);
        return comparison.requestDifferences(ObjectKind.PRODUCT, products)
                + comparison.requestDifferences(ObjectKind.METER, meters)
                + comparison.requestDifferences(ObjectKind.PRICE, prices);
    }

    private static <T> Map<String, Observation> byId(
            List<T> snapshots, Function<T, String> id, Function<T, Observation> observation) {
        return snapshots.stream().collect(Collectors.toMap(id, observation, (_, newer) -> newer));
    }
}
