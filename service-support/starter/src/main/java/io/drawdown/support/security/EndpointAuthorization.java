package io.drawdown.support.security;

import io.drawdown.support.security.EndpointRoles.Rule;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Decides by the endpoint table, and asks what else is open only about what that does not list. */
final class EndpointAuthorization implements ReactiveAuthorizationManager<AuthorizationContext> {

    private final EndpointRoles endpoints;
    private final ServerWebExchangeMatcher openBesides;

    EndpointAuthorization(EndpointRoles endpoints, ServerWebExchangeMatcher openBesides) {
        this.endpoints = endpoints;
        this.openBesides = openBesides;
    }

    @Override
    public Mono<AuthorizationResult> authorize(Mono<Authentication> caller, AuthorizationContext context) {
        var rule = rule(context.getExchange());
        if (rule.isEmpty()) {
            return openBesides
                    .matches(context.getExchange())
                    .flatMap(open -> open.isMatch() ? granted() : byRole(caller, rolesFor(rule)));
        }
        return rule.get().open() ? granted() : byRole(caller, rolesFor(rule));
    }

    private static Mono<AuthorizationResult> granted() {
        return Mono.just(new AuthorizationDecision(true));
    }

    private static Mono<AuthorizationResult> byRole(Mono<Authentication> caller, Set<Role> wanted) {
        return caller.ofType(ApiKeyAuthentication.class)
                .map(key -> key.roles().stream().anyMatch(wanted::contains))
                .defaultIfEmpty(false)
                .map(AuthorizationDecision::new);
    }

    /** The roles of which a caller of this endpoint needs one. */
    Set<Role> rolesFor(ServerWebExchange exchange) {
        return rolesFor(rule(exchange));
    }

    private Optional<Rule> rule(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        return endpoints.find(request.getMethod(), request.getPath().pathWithinApplication());
    }

    private static Set<Role> rolesFor(Optional<Rule> rule) {
        return rule.map(Rule::roles).orElseGet(() -> EnumSet.of(Role.ADMIN));
    }
}
