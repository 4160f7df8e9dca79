package io.drawdown.crm.opportunity;

import io.drawdown.crm.account.TimeZones;
import io.drawdown.crm.opportunity.domain.Opportunity;
import io.drawdown.crm.opportunity.domain.Stage;
import io.drawdown.crm.paging.Slice;
import io.drawdown.support.idempotency.IdempotentRequests;
import io.drawdown.support.page.Page;
import io.drawdown.support.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.time.ZoneId;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Opportunities over HTTP. Naming the stage that one is at changes nothing, so a repeat without a key is harmless. */
@RestController
@RequestMapping("/v1/opportunities")
class OpportunityController {

    private final Pipeline pipeline;
    private final Opportunities opportunities;
    private final IdempotentRequests requests;

    OpportunityController(Pipeline pipeline, Opportunities opportunities, IdempotentRequests requests) {
        this.pipeline = pipeline;
        this.opportunities = opportunities;
        this.requests = requests;
    }

    @GetMapping
    Page<OpportunityView> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        var slice = Slice.of(cursor, limit);
        return slice.page(opportunities.list(slice), OpportunityView::of, Opportunity::opportunityId);
    }

    @GetMapping("/{opportunityId}")
    OpportunityView get(@PathVariable String opportunityId) {
        return OpportunityView.of(pipeline.get(opportunityId));
    }

    @PostMapping("/{opportunityId}/stage")
    OpportunityView move(
            @PathVariable String opportunityId,
            @RequestHeader(value = IdempotentRequests.HEADER, required = false) @Nullable String key,
            @Valid @RequestBody StageRequest request) {
        var move = move(opportunityId, request);
        return key == null
                ? run(move)
                : requests.execute("move-opportunity", key, move, OpportunityView.class, () -> run(move));
    }

    private static Move move(String opportunityId, StageRequest request) {
        var stage = Stage.of(request.stage()).orElseThrow(() -> unknown(request.stage()));
        var timeZone = request.timeZone() == null ? null : TimeZones.of(request.timeZone());
        if (timeZone != null && stage != Stage.CLOSED_WON) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "time-zone-without-account",
                    "The time zone is the account's, which " + Stage.CLOSED_WON.label() + " opens: give it then.");
        }
        return new Move(opportunityId, stage, timeZone);
    }

    private OpportunityView run(Move move) {
        return OpportunityView.of(
                move.stage() == Stage.CLOSED_WON
                        ? pipeline.win(move.opportunityId(), move.timeZone())
                        : pipeline.move(move.opportunityId(), move.stage()));
    }

    private static ProblemException unknown(String stage) {
        var stages = Stream.of(Stage.values()).map(Stage::label).collect(Collectors.joining(", "));
        return new ProblemException(
                HttpStatus.BAD_REQUEST,
                "unknown-stage",
                "There is no stage \"" + stage + "\": use one of " + stages + ".");
    }

    /** All of the request that makes a repeat a repeat. */
    private record Move(
            String opportunityId, Stage stage, @Nullable ZoneId timeZone) {}

    /**
     * @param stage the stage's label, such as {@code closed-won}
     * @param timeZone where the account's months, days and hours begin, such as {@code Europe/Berlin}; with {@code closed-won}
     *     only, UTC when absent, and fixed from then on
     */
    record StageRequest(@NotBlank String stage, @Nullable String timeZone) {}
}
