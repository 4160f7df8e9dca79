package io.drawdown.support.sample;

import io.drawdown.support.idempotency.IdempotentRequests;
import io.drawdown.support.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import java.math.BigDecimal;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.MDC;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Shows every way in which a request may go. */
@RestController
class SampleController {

    private final IdempotentRequests requests;

    SampleController(IdempotentRequests requests) {
        this.requests = requests;
    }

    @PostMapping("/v1/orders")
    @ResponseStatus(HttpStatus.CREATED)
    Order place(
            @RequestHeader(name = IdempotentRequests.HEADER, required = false) String key,
            @Valid @RequestBody OrderRequest order) {
        return requests.execute(
                "place-order", key, order, Order.class, () -> new Order(order.item(), order.quantity()));
    }

    @GetMapping("/v1/orders")
    List<Order> list(@RequestParam @Max(100) int limit) {
        return List.of();
    }

    @GetMapping("/v1/orders/{id}")
    Order read(@PathVariable String id) {
        throw switch (id) {
            case "broken" -> new IllegalStateException("the secret of the database");
            case "soon" -> new ProblemException(HttpStatus.CONFLICT, "urn:problem:other:not-yet", "Wait for it.");
            default ->
                new ProblemException(HttpStatus.NOT_FOUND, "unknown-order", "There is no such order; list them.")
                        .with("orderId", id);
        };
    }

    @GetMapping("/v1/orders/mine")
    Map<String, String> mine(Principal caller) {
        return Map.of("caller", caller.getName());
    }

    @GetMapping("/v1/thread")
    Map<String, Object> thread() {
        return Map.of("virtual", Thread.currentThread().isVirtual(), "traceId", String.valueOf(MDC.get("traceId")));
    }

    @PostMapping("/v1/thread")
    Map<String, Object> threadOf(@RequestBody Map<String, Object> body) {
        return thread();
    }

    record OrderRequest(@NotBlank String item, @Positive BigDecimal quantity, Instant dueAt) {}

    record Order(String item, BigDecimal quantity) {}
}
