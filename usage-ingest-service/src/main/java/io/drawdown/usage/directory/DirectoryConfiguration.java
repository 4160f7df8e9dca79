package io.drawdown.usage.directory;

import io.drawdown.events.Topic;
import io.drawdown.events.catalog.Meter;
import io.drawdown.events.crm.Account;
import io.drawdown.usage.domain.Admission;
import io.drawdown.wire.view.CompactedTopicViews;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AcceptanceProperties.class)
class DirectoryConfiguration {

    @Bean
    Admissions admissions(CompactedTopicViews views, AcceptanceProperties acceptance, Clock clock) {
        var changes = new ChangeSignal();
        var directory = new KnownDirectory(
                views.open(Topic.CRM_ACCOUNTS, Account.class), views.open(Topic.CATALOG_METERS, Meter.class), changes);
        return new Admissions(new Admission(directory, acceptance.window()), changes, clock, acceptance.grace());
    }
}
