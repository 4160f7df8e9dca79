package io.drawdown.billing.settings;

import io.drawdown.support.security.EndpointRoles;
import io.drawdown.support.security.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Who may call what. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    /** The webhook is open to anyone with a valid signature; see the controller. */
    @Bean
    EndpointRoles endpointRoles() {
        return EndpointRoles.closed()
                .permitAll(HttpMethod.POST, "/v1/webhooks/stripe")
                .allow(HttpMethod.GET, "/v1/replenishments/**", Role.BILLING)
                .allow(HttpMethod.GET, "/v1/meter-events", Role.BILLING)
                .allow(HttpMethod.GET, "/v1/meter-events/**", Role.BILLING)
                .allow(HttpMethod.POST, "/v1/meter-events/{id}/resend", Role.BILLING)
                .allow(HttpMethod.POST, "/v1/meter-events/{id}/confirm", Role.BILLING)
                .allow(HttpMethod.POST, "/v1/meter-events/{id}/settle", Role.BILLING)
                .allow(HttpMethod.GET, "/v1/sync", Role.BILLING)
                .allow(HttpMethod.POST, "/v1/sync/retries", Role.BILLING);
    }
}
