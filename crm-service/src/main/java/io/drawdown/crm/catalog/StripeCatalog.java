package io.drawdown.crm.catalog;

import io.drawdown.crm.catalog.domain.Meter;
import io.drawdown.crm.catalog.domain.Price;
import io.drawdown.crm.catalog.domain.Product;
import io.drawdown.crm.catalog.domain.Sighting;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes over what Stripe says of the catalogue and leaves what Drawdown says of it alone.
 *
 * <p>An older state than the one known is passed over; a state with the same content is noted and not published.
 */
@Service
class StripeCatalog {

    private final Products products;
    private final Prices prices;
    private final Meters meters;
    private final CatalogPublisher publisher;

    StripeCatalog(Products products, Prices prices, Meters meters, CatalogPublisher publisher) {
        this.products = products;
        this.prices = prices;
        this.meters = meters;
        this.publisher = publisher;
    }

    @Transactional
    void see(Product seen) {
        take(seen, products.lock(seen.productId()), products::store, publisher::publish);
    }

    @Transactional
    void see(Price seen) {
        take(seen, prices.lock(seen.priceId()), prices::store, publisher::publish);
    }

    @Transactional
    void see(Meter seen) {
        take(seen, meters.lock(seen.meterId()), meters::store, publisher::publish);
    }

    private static <T extends Sighting<T>> void take(
            T seen, Optional<T> known, Consumer<T> store, Consumer<T> publish) {
        if (known.filter(state -> seen.seenAt().isBefore(state.seenAt())).isPresent()) {
            return;
        }
        var state = known.map(seen::after).orElse(seen);
        store.accept(state);
        if (known.filter(seen::sameContent).isEmpty()) {
            publish.accept(state);
        }
    }
}
