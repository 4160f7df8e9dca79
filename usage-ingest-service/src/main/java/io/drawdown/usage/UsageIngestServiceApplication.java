package io.drawdown.usage;

import io.drawdown.support.security.EndpointRoles;
import io.drawdown.support.security.Role;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;

/** Starts the gate. */
@SpringBootApplication
public class UsageIngestServiceApplication {

    public static void main(String[] args) {
        SpringApplication.run(UsageIngestServiceApplication.class, args);
    }

    @Bean
    EndpointRoles endpointRoles() {
        return EndpointRoles.closed()
                .allow(HttpMethod.POST, "/v1/events", Role.INGEST)
                .allow(HttpMethod.GET, "/v1/usage", Role.BILLING, Role.CS, Role.FINANCE)
                .allow(HttpMethod.POST, "/v1/usage/corrections", Role.BILLING)
                .allow(HttpMethod.GET, "/v1/usage/corrections/{id}", Role.BILLING, Role.CS, Role.FINANCE)
                .allow(HttpMethod.GET, "/v1/rejected-events/**", Role.BILLING, Role.CS)
                .allow(HttpMethod.POST, "/v1/rejected-events/{rejectedId}/replay", Role.BILLING);
    }
}
