package io.drawdown.support.security;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which role may call which endpoint of a service. Immutable; a service declares one as a bean:
 *
 * <pre>{@code
 * @Bean
 * EndpointRoles endpointRoles() {
 *     return EndpointRoles.closed()
 *             .allow(HttpMethod.POST, "/v1/wallets", Role.BILLING)
 *             .allow(HttpMethod.GET, "/v1/wallets/**", Role.BILLING, Role.CS)
 *             .permitAll(HttpMethod.POST, "/v1/webhooks/stripe");
 * }
 * }</pre>
 *
 * <p>The first rule that matches decides. What no rule matches only {@link Role#ADMIN} may call. A rule for GET holds for
 * HEAD too.
 */
public final class EndpointRoles {

    private final List<Rule> rules;

    private EndpointRoles(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** Everything closed to everyone but admin; the start of a table. */
    public static EndpointRoles closed() {
        return new EndpointRoles(List.of());
    }

    /**
     * Adds a rule: these roles, and admin, may call the endpoint.
     *
     * @param pathPattern as in a controller's mapping, such as {@code /v1/wallets/{id}} or {@code /v1/wallets/**}
     * @throws IllegalArgumentException without a role; an endpoint for all is named by {@link #permitAll}
     */
    public EndpointRoles allow(HttpMethod method, String pathPattern, Role... roles) {
        if (roles.length == 0) {
            throw new IllegalArgumentException("No role for " + method + " " + pathPattern
                    + "; name at least one, or say permitAll if it is for everyone");
        }
        return with(new Rule(method, parse(pathPattern), EnumSet.of(Role.ADMIN, roles), false));
    }

    /** Adds a rule: everyone may call the endpoint, with or without a key. */
    public EndpointRoles permitAll(HttpMethod method, String pathPattern) {
        return with(new Rule(method, parse(pathPattern), EnumSet.allOf(Role.class), true));
    }

    private EndpointRoles with(Rule rule) {
        var more = new ArrayList<>(rules);
        more.add(rule);
        return new EndpointRoles(more);
    }

    private static PathPattern parse(String pathPattern) {
        return PathPatternParser.defaultInstance.parse(pathPattern);
    }

    Optional<Rule> find(HttpMethod method, PathContainer path) {
        return rules.stream().filter(rule -> rule.matches(method, path)).findFirst();
    }

    /** @param roles who may call; with {@code open} no key is needed at all */
    record Rule(HttpMethod method, PathPattern path, Set<Role> roles, boolean open) {

        boolean matches(HttpMethod called, PathContainer calledPath) {
            var wanted = called.equals(HttpMethod.HEAD) ? HttpMethod.GET : called;
            return method.equals(wanted) && path.matches(calledPath);
        }
    }
}
