package io.drawdown.billing.catalog;

import io.drawdown.billing.domain.MeterSnapshot;
import io.drawdown.billing.domain.PriceSnapshot;
import io.drawdown.billing.domain.ProductSnapshot;
import java.util.List;
import java.util.Optional;

/** The catalogue in Stripe. Every method may throw a {@link io.drawdown.billing.domain.StripeFailure}. */
public interface CatalogSource {

    Optional<ProductSnapshot> product(String productId);

    Optional<PriceSnapshot> price(String priceId);

    Optional<MeterSnapshot> meter(String meterId);

    /** Every product, active or not. */
    List<ProductSnapshot> products();

    /** Every price, active or not. */
    List<PriceSnapshot> prices();

    /** Every meter, active or not. */
    List<MeterSnapshot> meters();
}
