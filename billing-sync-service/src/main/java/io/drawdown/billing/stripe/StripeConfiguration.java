package io.drawdown.billing.stripe;

import com.stripe.StripeClient;
import io.drawdown.billing.settings.StripeProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one client. */
@Configuration(proxyBeanMethods = false)
class StripeConfiguration {

    /** Without retries of its own: reads are repeated by {@link StripeCalls}, changes by whoever asked for them. */
    @Bean
    StripeClient stripeClient(StripeProperties properties) {
        var base = properties.apiBase().toString();
        return StripeClient.builder()
                .setApiKey(properties.apiKey())
                .setApiBase(base)
                .setConnectTimeout(Math.toIntExact(properties.connectTimeout().toMillis()))
                .setReadTimeout(Math.toIntExact(properties.readTimeout().toMillis()))
                .setMaxNetworkRetries(0)
                .build();
    }

    @Bean
    RequestBudget requestBudget(StripeProperties properties) {
        return new RequestBudget(properties.requestsPerSecond(), System::nanoTime);
    }
}
