package io.drawdown.crm.access;

import io.drawdown.crm.domain.Refused;
import io.drawdown.support.problem.ProblemException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/**
 * What the domain refuses is a conflict with the present state: 409, with the rule's code as the problem's type.
 *
 * <p>Stands before the handler that writes problems and only translates.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RefusalProblems implements WebExceptionHandler {

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        return Mono.error(error instanceof Refused refusal ? conflict(refusal) : error);
    }

    private static ProblemException conflict(Refused refusal) {
        return new ProblemException(HttpStatus.CONFLICT, refusal.code(), String.valueOf(refusal.getMessage()), refusal);
    }
}
