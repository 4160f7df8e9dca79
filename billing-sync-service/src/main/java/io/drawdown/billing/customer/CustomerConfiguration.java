package io.drawdown.billing.customer;

import io.drawdown.billing.settings.SyncProperties;
import io.drawdown.billing.work.WorkLoop;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The loop that provisions. */
@Configuration(proxyBeanMethods = false)
class CustomerConfiguration {

    @Bean
    WorkLoop customerLoop(ObjectProvider<CustomerProvisioning> provisioning, SyncProperties properties) {
        return new WorkLoop(
                "customers", () -> provisioning.getObject().provisionNext(), properties.workers(), properties.poll());
    }
}
