package io.drawdown.wallet.catalog;

import io.drawdown.events.catalog.Meter;
import io.drawdown.events.catalog.Price;
import io.drawdown.wallet.domain.CreditTerms;
import io.drawdown.wallet.rating.PriceBook;
import io.drawdown.wire.view.CompactedTopicView;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The catalogue now. Safe for use by several threads. */
public final class Catalogue {

    private final CompactedTopicView<Meter> meters;
    private final CompactedTopicView<Price> prices;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong changes = new AtomicLong();
    private volatile @Nullable Made made;

    Catalogue(CompactedTopicView<Meter> meters, CompactedTopicView<Price> prices) {
        this.meters = meters;
        this.prices = prices;
        meters.onChange((_, _) -> changed());
        prices.onChange((_, _) -> changed());
    }

    /** What rates usage; made anew after a change, when it is asked for. */
    public PriceBook prices() {
        long now = changes.get(); // Before the catalogue is read: a change meanwhile makes the book outdated at once.
        var current = made;
        if (current == null || current.asOf != now) {
            current = new Made(now, PriceBooks.of(meters.values(), prices.values()));
            made = current;
        }
        return current.book;
    }

    /** Whether paying for {@code priceId} buys credit; unknown while the catalogue does not have the price. */
    public CreditFlag creditFlag(String priceId) {
        var price = prices.get(priceId);
        if (price == null) {
            return CreditFlag.UNKNOWN;
        }
        return price.getCreditGrant() ? CreditFlag.CREDIT : CreditFlag.NO_CREDIT;
    }

    /** What credit is like that is bought by a price and was paid for at an instant. */
    public CreditTerms creditTerms(String priceId, Instant paidAt) {
        var price = prices.get(priceId);
        return price == null ? CreditTerms.USUAL : PriceTerms.of(price, paidAt);
    }

    /** Calls the listener after every change, from the thread that reads the catalogue: it must return at once. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private void changed() {
        changes.incrementAndGet();
        listeners.forEach(Runnable::run);
    }

    private record Made(long asOf, PriceBook book) {}
}
