package io.drawdown.billing.sync;

import io.drawdown.support.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How well Drawdown and Stripe agree, and what hinders it. */
@RestController
class SyncController {

    private static final Logger log = LoggerFactory.getLogger(SyncController.class);

    private final SyncHealthQuery query;
    private final Retries retries;

    SyncController(SyncHealthQuery query, Retries retries) {
        this.query = query;
        this.retries = retries;
    }

    @Operation(summary = "Shows how the sync with Stripe stands")
    @GetMapping("/v1/sync")
    SyncHealth health() {
        return query.health();
    }

    @Operation(
            summary = "Tries something again that is parked",
            description = "Takes kind and id as GET /v1/sync lists them; asking twice does no more than asking once.")
    @PostMapping("/v1/sync/retries")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void retry(@Valid @RequestBody Retry retry) {
        if (!retries.retry(retry.kind(), retry.id())) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "nothing-parked",
                    "Nothing of kind " + retry.kind() + " with id " + retry.id()
                            + " waits for another try; GET /v1/sync lists under parked what does.");
        }
        log.info("{} {} is tried again because somebody asked for it.", retry.kind(), retry.id());
    }

    record Retry(@NotBlank String kind, @NotBlank String id) {}
}
