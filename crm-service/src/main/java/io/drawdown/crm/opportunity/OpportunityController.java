package io.drawdown.crm.opportunity;

import io.drawdown.crm.opportunity.domain.Opportunity;
import io.drawdown.crm.opportunity.domain.Stage;
import io.drawdown.crm.paging.Slice;
import io.drawdown.support.idempotency.IdempotentRequests;
import io.drawdown.support.page.Page;
import io.drawdown.support.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
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
        var stage = Stage.of(request.stage()).orElseThrow(() -> unknown(request.stage()));
        if (key == null) {
            return OpportunityView.of(pipeline.move(opportunityId, stage));
        }
        return requests.execute(
                "move-opportunity",
                key,
                new Move(opportunityId, stage),
                OpportunityView.class,
                () -> OpportunityView.of(pipeline.move(opportunityId, stage)));
    }

    private static ProblemException unknown(String stage) {
        var stages = Stream.of(Stage.values()).map(Stage::label).collect(Collectors.joining(", "));
        return new ProblemException(
                HttpStatus.BAD_REQUEST,
                "unknown-stage",
                "There is no stage \"" + stage + "\": use one of " + stages + ".");
    }

    /** All of the request that makes a repeat a repeat. */
    private record Move(String opportunityId, Stage stage) {}

    /** @param stage the stage's label, such as {@code closed-won} */
    record StageRequest(@NotBlank String stage) {}
}
