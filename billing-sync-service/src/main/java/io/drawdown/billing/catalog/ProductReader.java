package io.drawdown.billing.catalog;

import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.domain.ProductSnapshot;
import io.drawdown.billing.mirror.Content;
import io.drawdown.billing.mirror.ObjectReader;
import io.drawdown.billing.mirror.Observation;
import io.drawdown.events.billing.StripeProduct;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads products; one that is gone is published once more, as deleted. */
@Component
class ProductReader implements ObjectReader {

    private final CatalogSource stripe;

    ProductReader(CatalogSource stripe) {
        this.stripe = stripe;
    }

    @Override
    public ObjectKind kind() {
        return ObjectKind.PRODUCT;
    }

    @Override
    public Optional<Observation> read(String productId) {
        return stripe.product(productId).filter(product -> !product.deleted()).map(CatalogRecords::of);
    }

    @Override
    public Optional<Observation> readGone(ByteBuffer lastContent) {
        var last = Content.decode(lastContent, StripeProduct.class);
        return Optional.of(CatalogRecords.of(new ProductSnapshot(last.getProductId(), last.getName(), false, true)));
    }
}
