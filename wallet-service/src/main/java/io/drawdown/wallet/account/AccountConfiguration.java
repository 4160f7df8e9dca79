package io.drawdown.wallet.account;

import io.drawdown.events.Topic;
import io.drawdown.events.crm.Account;
import io.drawdown.wire.view.CompactedTopicViews;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AccountConfiguration {

    @Bean
    AccountZones accountZones(CompactedTopicViews views) {
        return new AccountZones(views.open(Topic.CRM_ACCOUNTS, Account.class));
    }
}
