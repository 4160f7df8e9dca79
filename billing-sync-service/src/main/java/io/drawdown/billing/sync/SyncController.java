package io.drawdown.billing.sync;

import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How well Drawdown and Stripe agree, and what hinders it. */
@RestController
class SyncController {

    private final SyncHealthQuery query;

    SyncController(SyncHealthQuery query) {
        this.query = query;
    }

    @Operation(summary = "Shows how the sync with Stripe stands")
    @GetMapping("/v1/sync")
    SyncHealth health() {
        return query.health();
    }
}
