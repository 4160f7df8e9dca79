package io.drawdown.billing.catalog;

import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.mirror.ObjectReader;
import io.drawdown.billing.mirror.Observation;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads prices. */
@Component
class PriceReader implements ObjectReader {

    private final CatalogSource stripe;

    PriceReader(CatalogSource stripe) {
        this.stripe = stripe;
    }

    @Override
    public ObjectKind kind() {
        return ObjectKind.PRICE;
    }

    @Override
    public Optional<Observation> read(String priceId) {
        return stripe.price(priceId).map(CatalogRecords::of);
    }
}
