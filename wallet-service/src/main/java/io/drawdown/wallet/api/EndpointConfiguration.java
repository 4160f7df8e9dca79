package io.drawdown.wallet.api;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import io.drawdown.support.security.EndpointRoles;
import io.drawdown.support.security.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EndpointConfiguration {

    /** Billing operates wallets, customer success looks at them, backends ask before they spend. */
    @Bean
    EndpointRoles endpointRoles() {
        return EndpointRoles.closed()
                .allow(POST, "/v1/wallets", Role.BILLING)
                .allow(PUT, "/v1/wallets/{id}/replenishment", Role.BILLING)
                .allow(POST, "/v1/wallets/{id}/grants", Role.BILLING)
                .allow(POST, "/v1/wallets/{id}/grants/{grantId}/void", Role.BILLING)
                .allow(PUT, "/v1/wallets/{id}/overdraft-limit", Role.BILLING)
                .allow(PUT, "/v1/wallets/{id}/meters/{meterId}", Role.BILLING)
                .allow(POST, "/v1/holds", Role.BILLING, Role.INGEST)
                .allow(PUT, "/v1/wallets/{id}/status", Role.BILLING)
                .allow(PUT, "/v1/wallets/{id}/settlements/{meterId}", Role.BILLING)
                .allow(POST, "/v1/wallets/{id}/top-ups", Role.BILLING)
                .allow(POST, "/v1/wallets/{id}/holds/**", Role.BILLING, Role.INGEST)
                .allow(POST, "/v1/wallets/{id}/holds", Role.BILLING, Role.INGEST)
                .allow(POST, "/v1/authorizations", Role.BILLING, Role.INGEST)
                .allow(GET, "/v1/wallets", Role.BILLING, Role.CS)
                .allow(GET, "/v1/wallets/**", Role.BILLING, Role.CS)
                .allow(GET, "/v1/usage-entries", Role.BILLING, Role.CS)
                .allow(POST, "/v1/ledger/verifications", Role.BILLING)
                .allow(GET, "/v1/parked-credit", Role.BILLING, Role.CS)
                .allow(GET, "/v1/parked-usage", Role.BILLING, Role.CS)
                .allow(GET, "/v1/parked-corrections", Role.BILLING, Role.CS)
                .allow(POST, "/v1/parked-usage/replay", Role.BILLING);
    }
}
