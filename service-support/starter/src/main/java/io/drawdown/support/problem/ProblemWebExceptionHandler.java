package io.drawdown.support.problem;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/**
 * The last stop of every exception. A controller advice would miss what fails in filters and before a controller is
 * found; this sees all of it, and goes before Boot's own handler.
 */
final class ProblemWebExceptionHandler implements WebExceptionHandler, Ordered {

    private static final int BEFORE_BOOTS_HANDLER = -2;

    private final ProblemTranslator translator;
    private final ProblemWriter writer;

    ProblemWebExceptionHandler(ProblemTranslator translator, ProblemWriter writer) {
        this.translator = translator;
        this.writer = writer;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(error); // Too late for another answer; the server breaks the connection off.
        }
        var request = exchange.getRequest().getMethod() + " "
                + exchange.getRequest().getPath().value();
        return Mono.defer(() -> writer.write(exchange, translator.translate(error, request)));
    }

    @Override
    public int getOrder() {
        return BEFORE_BOOTS_HANDLER;
    }
}
