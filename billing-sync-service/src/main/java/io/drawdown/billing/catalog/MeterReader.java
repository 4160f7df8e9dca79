package io.drawdown.billing.catalog;

import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.mirror.ObjectReader;
import io.drawdown.billing.mirror.Observation;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads meters. */
@Component
class MeterReader implements ObjectReader {

    private final CatalogSource stripe;

    MeterReader(CatalogSource stripe) {
        this.stripe = stripe;
    }

    @Override
    public ObjectKind kind() {
        return ObjectKind.METER;
    }

    @Override
    public Optional<Observation> read(String meterId) {
        return stripe.meter(meterId).map(CatalogRecords::of);
    }
}
