package io.drawdown.reporting.access;

import static io.drawdown.support.security.Role.CS;
import static io.drawdown.support.security.Role.FINANCE;
import static org.springframework.http.HttpMethod.GET;

import io.drawdown.support.security.EndpointRoles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The page is for everyone, what it shows is not: it asks for a key and reads with that. */
@Configuration(proxyBeanMethods = false)
class ReportingEndpoints {

    @Bean
    EndpointRoles endpointRoles() {
        return EndpointRoles.closed()
                .permitAll(GET, "/")
                .permitAll(GET, "/index.html")
                .permitAll(GET, "/app.js")
                .permitAll(GET, "/app.css")
                .permitAll(GET, "/icon.svg")
                .allow(GET, "/v1/reports/wallets", FINANCE, CS)
                .allow(GET, "/v1/reports/**", FINANCE)
                .allow(GET, "/v1/stream", FINANCE);
    }
}
