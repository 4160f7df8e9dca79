package io.drawdown.support.security;

import io.drawdown.support.problem.ProblemException;
import io.drawdown.support.problem.ProblemWriter;
import java.security.Principal;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Answers those who are not let in: 401 without a good key, 403 with one that lacks the role. */
final class SecurityProblems implements ServerAuthenticationEntryPoint, ServerAccessDeniedHandler {

    private final ProblemWriter writer;
    private final EndpointAuthorization authorization;

    SecurityProblems(ProblemWriter writer, EndpointAuthorization authorization) {
        this.writer = writer;
        this.authorization = authorization;
    }

    @Override
    public Mono<Void> commence(ServerWebExchange exchange, AuthenticationException refusal) {
        exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        var detail = refusal instanceof BadCredentialsException
                ? String.valueOf(refusal.getMessage())
                : "This endpoint asks for an API key and none was sent. Send 'Authorization: Bearer <key>'.";
        return writer.write(exchange, new ProblemException(HttpStatus.UNAUTHORIZED, "unauthenticated", detail));
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, AccessDeniedException denied) {
        return exchange.getPrincipal()
                .map(Principal::getName)
                .defaultIfEmpty("unknown")
                .flatMap(caller -> writer.write(exchange, forbidden(exchange, caller)));
    }

    private ProblemException forbidden(ServerWebExchange exchange, String caller) {
        var request = exchange.getRequest();
        return new ProblemException(
                HttpStatus.FORBIDDEN,
                "forbidden",
                "The key of '" + caller + "' may not call " + request.getMethod() + " "
                        + request.getPath().value() + "; one of the roles " + authorization.rolesFor(exchange)
                        + " is needed. Use a key that has it, and check the path: /v3/api-docs lists those that exist.");
    }
}
