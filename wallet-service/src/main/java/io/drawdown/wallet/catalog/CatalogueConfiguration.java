package io.drawdown.wallet.catalog;

import io.drawdown.events.Topic;
import io.drawdown.events.catalog.Meter;
import io.drawdown.events.catalog.Price;
import io.drawdown.wire.view.CompactedTopicViews;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CatalogueConfiguration {

    @Bean
    Catalogue catalogue(CompactedTopicViews views) {
        return new Catalogue(
                views.open(Topic.CATALOG_METERS, Meter.class), views.open(Topic.CATALOG_PRICES, Price.class));
    }
}
