package io.drawdown.crm.catalog;

import io.drawdown.events.Topic;
import io.drawdown.events.billing.StripeMeter;
import io.drawdown.events.billing.StripePrice;
import io.drawdown.events.billing.StripeProduct;
import java.time.Clock;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Follows the catalogue in Stripe. A repeated record changes nothing. */
@Component
class StripeCatalogListener {

    private final StripeCatalog catalog;
    private final Clock clock;

    StripeCatalogListener(StripeCatalog catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    @KafkaListener(topics = Topic.Name.BILLING_CATALOG)
    void on(ConsumerRecord<String, SpecificRecord> message) {
        // To the millisecond, as the events have it.
        var now = Instant.ofEpochMilli(clock.millis());
        switch (message.value()) {
            case StripeProduct product -> catalog.see(StripeTranslation.toProduct(product, now));
            case StripePrice price -> catalog.see(StripeTranslation.toPrice(price, now));
            case StripeMeter meter -> catalog.see(StripeTranslation.toMeter(meter, now));
            case SpecificRecord other ->
                throw new IllegalArgumentException(other.getSchema().getFullName() + " is not for "
                        + Topic.Name.BILLING_CATALOG + ": upgrade this service if it is a new kind of record.");
        }
    }
}
