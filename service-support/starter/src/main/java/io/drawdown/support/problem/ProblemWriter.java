package io.drawdown.support.problem;

import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems to responses. Filters that answer by themselves use it too, so that all errors look alike. */
public final class ProblemWriter {

    private static final String URN = "urn:problem:";

    private final String service;
    private final JsonMapper json;

    ProblemWriter(String applicationName, JsonMapper json) {
        this.service = applicationName.replaceFirst("-service$", "");
        this.json = json;
    }

    /** Answers the exchange with the refusal; completes when it is written. */
    public Mono<Void> write(ServerWebExchange exchange, ProblemException refusal) {
        return write(
                exchange,
                new Problem(
                        refusal.status(),
                        refusal.type(),
                        String.valueOf(refusal.getMessage()),
                        refusal.members(),
                        org.springframework.http.HttpHeaders.EMPTY));
    }

    Mono<Void> write(ServerWebExchange exchange, Problem problem) {
        var response = exchange.getResponse();
        response.setStatusCode(problem.status());
        response.getHeaders().putAll(problem.headers());
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(bytes(exchange, problem))));
    }

    private byte[] bytes(ServerWebExchange exchange, Problem problem) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", problem.type().startsWith("urn:") ? problem.type() : URN + service + ":" + problem.type());
        body.put("title", title(problem));
        body.put("status", problem.status().value());
        body.put("detail", problem.detail());
        body.put("instance", exchange.getRequest().getPath().value());
        body.putAll(problem.members());
        addTraceId(body, exchange);
        return json.writeValueAsBytes(body);
    }

    private static String title(Problem problem) {
        var known = HttpStatus.resolve(problem.status().value());
        return known == null ? "Error" : known.getReasonPhrase();
    }

    /** From the exchange, since nobody knows on which thread it is answered. */
    private static void addTraceId(Map<String, Object> body, ServerWebExchange exchange) {
        ServerRequestObservationContext.findCurrent(exchange.getAttributes())
                .map(observed -> observed.<TracingContext>get(TracingContext.class))
                .map(TracingContext::getSpan)
                .ifPresent(span -> body.put("traceId", span.context().traceId()));
    }
}
