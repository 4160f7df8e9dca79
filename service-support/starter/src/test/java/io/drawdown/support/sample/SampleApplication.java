package io.drawdown.support.sample;

import io.drawdown.support.security.EndpointRoles;
import io.drawdown.support.security.Role;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** A service as small as can be, with everything that the starter gives. */
@SpringBootApplication
public class SampleApplication {

    public static void main(String[] args) {
        SpringApplication.run(SampleApplication.class, args);
    }

    @Bean
    EndpointRoles endpointRoles() {
        return EndpointRoles.closed()
                .allow(HttpMethod.POST, "/v1/orders", Role.BILLING)
                .allow(HttpMethod.GET, "/v1/orders/**", Role.BILLING, Role.CS)
                .permitAll(HttpMethod.GET, "/v1/thread")
                .permitAll(HttpMethod.POST, "/v1/thread")
                .permitAll(HttpMethod.GET, "/v1/at-once");
    }

    /** Answered by whoever reads the request, and not by a thread of its own as with a controller. */
    @Bean
    RouterFunction<ServerResponse> atOnce() {
        return RouterFunctions.route(
                RequestPredicates.GET("/v1/at-once"), _ -> ServerResponse.ok().build());
    }
}
