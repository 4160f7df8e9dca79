package io.drawdown.support.security;

import io.drawdown.support.problem.ProblemAutoConfiguration;
import io.drawdown.support.problem.ProblemWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.EndpointRequest;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.FormLoginSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HttpBasicSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.LogoutSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.RequestCacheSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authentication.ServerAuthenticationEntryPointFailureHandler;
import reactor.core.publisher.Mono;

/** Closes every endpoint but those that the service's {@link EndpointRoles} open. */
@AutoConfiguration(
        after = ProblemAutoConfiguration.class,
        before = {
            ReactiveUserDetailsServiceAutoConfiguration.class,
            ReactiveWebSecurityAutoConfiguration.class,
            ReactiveManagementWebSecurityAutoConfiguration.class
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnMissingBean(SecurityWebFilterChain.class)
@EnableConfigurationProperties(SecurityProperties.class)
@EnableWebFluxSecurity
public final class SecurityAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(SecurityAutoConfiguration.class);

    @Bean
    @ConditionalOnMissingBean
    EndpointRoles endpointRoles() {
        return EndpointRoles.closed();
    }

    @Bean
    ApiKeys apiKeys(SecurityProperties properties) {
        var keys = new ApiKeys(properties.apiKeys());
        if (keys.isEmpty()) {
            LOG.warn("No API key is configured, so no one can call this service; set drawdown.security.api-keys");
        }
        return keys;
    }

    /** The converter has done the work; this also keeps Boot from inventing a user with a generated password. */
    @Bean
    ReactiveAuthenticationManager apiKeyAuthenticationManager() {
        return Mono::just;
    }

    /**
     * A span for each filter of the chain says nothing that the request's own does not. Spans that are only left unrecorded would still cost
     * as much as the filters: each is wrapped.
     */
    @Bean
    SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    SecurityWebFilterChain apiSecurity(
            ServerHttpSecurity http,
            ApiKeys keys,
            EndpointRoles endpoints,
            ReactiveAuthenticationManager authentication,
            ProblemWriter problemWriter) {
        var authorization = new EndpointAuthorization(
                endpoints.permitAll(HttpMethod.GET, "/v3/api-docs/**").permitAll(HttpMethod.GET, "/v3/api-docs.yaml"),
                EndpointRequest.to("health", "info", "prometheus"));
        var problems = new SecurityProblems(problemWriter, authorization);
        return http.addFilterAt(filter(keys, authentication, problems), SecurityWebFiltersOrder.AUTHENTICATION)
                .authorizeExchange(exchanges -> exchanges.anyExchange().access(authorization))
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .csrf(CsrfSpec::disable) // No cookie, so nothing that another site could make a browser send.
                .requestCache(RequestCacheSpec::disable)
                .formLogin(FormLoginSpec::disable)
                .httpBasic(HttpBasicSpec::disable)
                .logout(LogoutSpec::disable)
                .build();
    }

    private static AuthenticationWebFilter filter(
            ApiKeys keys, ReactiveAuthenticationManager authentication, SecurityProblems problems) {
        var filter = new AuthenticationWebFilter(authentication);
        filter.setServerAuthenticationConverter(new BearerKeyConverter(keys));
        filter.setAuthenticationFailureHandler(new ServerAuthenticationEntryPointFailureHandler(problems));
        return filter;
    }
}
