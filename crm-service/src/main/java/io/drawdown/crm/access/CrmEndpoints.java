package io.drawdown.crm.access;

import static io.drawdown.support.security.Role.BILLING;
import static io.drawdown.support.security.Role.CS;
import static io.drawdown.support.security.Role.FINANCE;
import static io.drawdown.support.security.Role.SALES;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import io.drawdown.support.security.EndpointRoles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sales owns the pipeline, billing the catalogue; whoever serves customers may look up an account. */
@Configuration(proxyBeanMethods = false)
class CrmEndpoints {

    @Bean
    EndpointRoles endpointRoles() {
        return EndpointRoles.closed()
                .allow(GET, "/v1/leads/**", SALES)
                .allow(POST, "/v1/leads/**", SALES)
                .allow(GET, "/v1/opportunities/**", SALES)
                .allow(POST, "/v1/opportunities/**", SALES)
                .allow(GET, "/v1/accounts/**", SALES, BILLING, CS, FINANCE)
                .allow(PATCH, "/v1/accounts/{accountId}", SALES, BILLING)
                .allow(PUT, "/v1/accounts/{accountId}/external-keys", SALES, BILLING)
                .allow(GET, "/v1/catalog/**", BILLING, SALES, CS, FINANCE)
                .allow(PATCH, "/v1/catalog/**", BILLING)
                .allow(PUT, "/v1/catalog/**", BILLING);
    }
}
