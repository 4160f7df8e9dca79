package io.drawdown.billing.replenishment;

import io.drawdown.billing.settings.SyncProperties;
import io.drawdown.billing.work.WorkLoop;
import io.drawdown.events.Topic;
import io.drawdown.events.catalog.Price;
import io.drawdown.wire.view.CompactedTopicView;
import io.drawdown.wire.view.CompactedTopicViews;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The loop that charges, and the catalogue it chooses prices from. */
@Configuration(proxyBeanMethods = false)
class ReplenishmentConfiguration {

    @Bean
    CompactedTopicView<Price> catalogPrices(CompactedTopicViews views) {
        return views.open(Topic.CATALOG_PRICES, Price.class);
    }

    @Bean
    WorkLoop replenishmentLoop(ObjectProvider<ReplenishmentWorker> worker, SyncProperties properties) {
        return new WorkLoop(
                "replenishments", () -> worker.getObject().stepNext(), properties.workers(), properties.poll());
    }
}
