package io.drawdown.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.HasId;
import com.stripe.model.StripeCollection;
import com.stripe.param.PriceListParams;
import com.stripe.param.ProductListParams;
import com.stripe.param.billing.MeterListParams;
import com.stripe.service.V1Services;
import io.drawdown.billing.catalog.CatalogSource;
import io.drawdown.billing.domain.MeterSnapshot;
import io.drawdown.billing.domain.PriceSnapshot;
import io.drawdown.billing.domain.ProductSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@link CatalogSource} on Stripe; each page of a list is a request of its own against the budget. */
@Component
class StripeCatalog implements CatalogSource {

    private static final long PAGE = 100;

    private final V1Services stripe;
    private final StripeCalls calls;

    StripeCatalog(StripeClient client, StripeCalls calls) {
        this.stripe = client.v1();
        this.calls = calls;
    }

    @Override
    public Optional<ProductSnapshot> product(String productId) {
        return calls.readIfThere(() -> stripe.products().retrieve(productId)).map(CatalogMapping::toSnapshot);
    }

    @Override
    public Optional<PriceSnapshot> price(String priceId) {
        return calls.readIfThere(() -> stripe.prices().retrieve(priceId)).map(CatalogMapping::toSnapshot);
    }

    @Override
    public Optional<MeterSnapshot> meter(String meterId) {
        return calls.readIfThere(() -> stripe.billing().meters().retrieve(meterId))
                .map(CatalogMapping::toSnapshot);
    }

    @Override
    public List<ProductSnapshot> products() {
        return all(
                after -> stripe.products()
                        .list(ProductListParams.builder()
                                .setLimit(PAGE)
                                .setStartingAfter(after)
                                .build()),
                CatalogMapping::toSnapshot);
    }

    @Override
    public List<PriceSnapshot> prices() {
        return all(
                after -> stripe.prices()
                        .list(PriceListParams.builder()
                                .setLimit(PAGE)
                                .setStartingAfter(after)
                                .build()),
                CatalogMapping::toSnapshot);
    }

    @Override
    public List<MeterSnapshot> meters() {
        return all(
                after -> stripe.billing()
                        .meters()
                        .list(MeterListParams.builder()
                                .setLimit(PAGE)
                                .setStartingAfter(after)
                                .build()),
                CatalogMapping::toSnapshot);
    }

    private <T extends HasId, S> List<S> all(PageRequest<T> request, Function<T, S> mapping) {
        var snapshots = new ArrayList<S>();
        String after = null;
        while (true) {
            var cursor = after;
            var page = calls.read(() -> request.page(cursor));
            page.getData().stream().map(mapping).forEach(snapshots::add);
            if (!Boolean.TRUE.equals(page.getHasMore()) || page.getData().isEmpty()) {
                return snapshots;
            }
            after = page.getData().getLast().getId();
        }
    }

    private interface PageRequest<T extends HasId> {
        StripeCollection<T> page(@Nullable String after) throws StripeException;
    }
}
