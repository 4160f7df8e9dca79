package io.drawdown.billing.replenishment;

import io.drawdown.billing.domain.Stage;
import io.drawdown.support.page.Page;
import io.drawdown.support.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How each charge for a top-up stands. */
@RestController
class ReplenishmentController {

    private final Replenishments replenishments;

    ReplenishmentController(Replenishments replenishments) {
        this.replenishments = replenishments;
    }

    @Operation(summary = "Lists replenishments by id")
    @GetMapping("/v1/replenishments")
    Page<ReplenishmentView> list(
            @RequestParam(required = false) @Nullable String accountId,
            @RequestParam(required = false) @Nullable Stage stage,
            @RequestParam(defaultValue = "") String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
        var rows = replenishments.list(accountId, stage, cursor, limit + 1);
        return Page.of(rows, limit, row -> row.replenishment().replenishmentId())
                .map(ReplenishmentView::of);
    }

    @Operation(summary = "Shows one replenishment")
    @GetMapping("/v1/replenishments/{replenishmentId}")
    ReplenishmentView show(@PathVariable String replenishmentId) {
        return replenishments
                .find(replenishmentId)
                .map(ReplenishmentView::of)
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.NOT_FOUND,
                        "unknown-replenishment",
                        "There is no replenishment " + replenishmentId
                                + "; it may not have arrived from the wallet yet: see GET /v1/sync."));
    }
}
