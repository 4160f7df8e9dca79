package io.drawdown.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.param.PriceListParams;
import com.stripe.param.PriceRetrieveParams;
import com.stripe.param.ProductListParams;
import com.stripe.param.billing.MeterListParams;
import com.stripe.service.V1Services;
import io.drawdown.billing.catalog.CatalogSource;
import io.drawdown.billing.domain.MeterSnapshot;
import io.drawdown.billing.domain.PriceSnapshot;
import io.drawdown.billing.domain.ProductSnapshot;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** {@link CatalogSource} on Stripe. */
@Component
class StripeCatalog implements CatalogSource {

    /** Without being asked Stripe leaves them out. */
    private static final PriceRetrieveParams WITH_TIERS =
            PriceRetrieveParams.builder().addExpand("tiers").build();

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
        return calls.readIfThere(() -> stripe.prices().retrieve(priceId, WITH_TIERS))
                .map(CatalogMapping::toSnapshot);
    }

    @Override
    public Optional<MeterSnapshot> meter(String meterId) {
        return calls.readIfThere(() -> stripe.billing().meters().retrieve(meterId))
                .map(CatalogMapping::toSnapshot);
    }

    @Override
    public List<ProductSnapshot> products() {
        return Pages.all(
                        calls,
                        id -> stripe.products()
                                .list(ProductListParams.builder()
                                        .setLimit(Pages.SIZE)
                                        .setStartingAfter(id)
                                        .build()))
                .stream()
                .map(CatalogMapping::toSnapshot)
                .toList();
    }

    @Override
    public List<PriceSnapshot> prices() {
        return Pages.all(
                        calls,
                        id -> stripe.prices()
                                .list(PriceListParams.builder()
                                        .addExpand("data.tiers")
                                        .setLimit(Pages.SIZE)
                                        .setStartingAfter(id)
                                        .build()))
                .stream()
                .map(CatalogMapping::toSnapshot)
                .toList();
    }

    @Override
    public List<MeterSnapshot> meters() {
        return Pages.all(
                        calls,
                        id -> stripe.billing()
                                .meters()
                                .list(MeterListParams.builder()
                                        .setLimit(Pages.SIZE)
                                        .setStartingAfter(id)
                                        .build()))
                .stream()
                .map(CatalogMapping::toSnapshot)
                .toList();
    }
}
