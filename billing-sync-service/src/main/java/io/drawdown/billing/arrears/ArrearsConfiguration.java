package io.drawdown.billing.arrears;

import io.drawdown.billing.settings.SyncProperties;
import io.drawdown.billing.work.WorkLoop;
import io.drawdown.events.Topic;
import io.drawdown.events.catalog.Meter;
import io.drawdown.wire.view.CompactedTopicView;
import io.drawdown.wire.view.CompactedTopicViews;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The loops that send meter events and read what Stripe says about them. */
@Configuration(proxyBeanMethods = false)
class ArrearsConfiguration {

    @Bean
    CompactedTopicView<Meter> catalogMeters(CompactedTopicViews views) {
        return views.open(Topic.CATALOG_METERS, Meter.class);
    }

    @Bean
    WorkLoop meterEventLoop(ObjectProvider<MeterEventSender> sender, SyncProperties properties) {
        return new WorkLoop(
                "meter-events", () -> sender.getObject().stepNext(), properties.workers(), properties.poll());
    }

    @Bean
    WorkLoop meterErrorReportLoop(ObjectProvider<MeterErrorReports> reports, SyncProperties properties) {
        return new WorkLoop("meter-error-reports", () -> reports.getObject().readNext(), 1, properties.poll());
    }
}
