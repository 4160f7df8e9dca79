package io.drawdown.support.security;

import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Turns {@code Authorization: Bearer <key>} into the key's owner; no header is no one, anything else is refused. */
final class BearerKeyConverter implements ServerAuthenticationConverter {

    private static final String SCHEME = "bearer ";

    private final ApiKeys keys;

    BearerKeyConverter(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public Mono<Authentication> convert(ServerWebExchange exchange) {
        return Mono.justOrEmpty(exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION))
                .map(this::authenticate);
    }

    private Authentication authenticate(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new BadCredentialsException(
                    "The Authorization header has another scheme than Bearer. Send 'Authorization: Bearer <key>'.");
        }
        return keys.recognise(header.substring(SCHEME.length()).strip())
                .map(ApiKeyAuthentication::new)
                .orElseThrow(
                        () -> new BadCredentialsException(
                                "This API key is not known here: it is mistyped, has been"
                                        + " replaced, or belongs to another environment. Ask whoever runs the service for a current one."));
    }
}
