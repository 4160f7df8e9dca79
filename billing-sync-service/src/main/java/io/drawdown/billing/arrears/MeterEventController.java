package io.drawdown.billing.arrears;

import io.drawdown.billing.arrears.ErrorReportTable.ReportView;
import io.drawdown.billing.customer.CustomerLinks;
import io.drawdown.billing.work.WorkLoop;
import io.drawdown.support.page.Page;
import io.drawdown.support.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How usage in arrears comes to Stripe, and what somebody must decide about. A cursor is the last id. */
@RestController
@RequestMapping("/v1/meter-events")
class MeterEventController {

    private static final int MOST_REPORTS = 100;
    private static final int LONGEST_REASON = 500;

    private final MeterEvents events;
    private final Settlements settlements;
    private final ErrorReportTable reports;
    private final MeterGateway stripe;
    private final CustomerLinks customers;
    private final WorkLoop meterEventLoop;
    private final Clock clock;

    MeterEventController(
            MeterEvents events,
            Settlements settlements,
            ErrorReportTable reports,
            MeterGateway stripe,
            CustomerLinks customers,
            WorkLoop meterEventLoop,
            Clock clock) {
        this.events = events;
        this.settlements = settlements;
        this.reports = reports;
        this.stripe = stripe;
        this.customers = customers;
        this.meterEventLoop = meterEventLoop;
        this.clock = clock;
    }

    @Operation(summary = "Lists meter events by id")
    @GetMapping
    Page<MeterEventView> list(
            @RequestParam(required = false) @Nullable String accountId,
            @RequestParam(required = false) @Nullable State state,
            @RequestParam(defaultValue = "0") @Min(0) long cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
        return Page.of(events.list(accountId, state, cursor, limit + 1), limit, last -> Long.toString(last.id()))
                .map(MeterEventView::of);
    }

    @Operation(summary = "Shows one meter event")
    @GetMapping("/{id}")
    MeterEventView show(@PathVariable long id) {
        return events.find(id).map(MeterEventView::of).orElseThrow(() -> unknown(id));
    }

    @Operation(
            summary = "Sends a meter event again that was refused or is uncertain",
            description =
                    "Under a new identifier: make sure that Stripe has not counted it. Asking twice sends it once.")
    @PostMapping("/{id}/resend")
    MeterEventView resend(@PathVariable long id) {
        if (!events.sendAgain(id, clock.instant())) {
            throw inTheWay(show(id), "Only what was refused or is uncertain is sent again");
        }
        meterEventLoop.wake();
        return show(id);
    }

    @Operation(summary = "Says that Stripe has counted a meter event that is uncertain")
    @PostMapping("/{id}/confirm")
    MeterEventView confirm(@PathVariable long id) {
        if (!events.confirm(id, clock.instant())) {
            throw inTheWay(show(id), "Only what is uncertain is confirmed");
        }
        return show(id);
    }

    @Operation(
            summary = "Says that what Stripe could not be told was settled by hand",
            description =
                    "Of a meter event that was refused or is irrevocable: the difference is on an invoice item or a"
                            + " credit note. Who says so, when and why is kept for ever.")
    @PostMapping("/{id}/settle")
    MeterEventView settle(
            @PathVariable long id, @Valid @RequestBody SettleRequest request, @Nullable Principal principal) {
        var by = principal == null ? "unknown" : principal.getName();
        if (!settlements.settle(id, request.reason(), by, clock.instant())) {
            throw inTheWay(show(id), "Only what was refused or is irrevocable is settled by hand");
        }
        return show(id);
    }

    /** @param reason how it was settled, such as the number of the credit note */
    record SettleRequest(
            @NotBlank @Size(max = LONGEST_REASON) String reason) {}

    @Operation(summary = "Shows who has settled a meter event by hand, when and why")
    @GetMapping("/{id}/settlements")
    List<Settlement> settlements(@PathVariable long id) {
        show(id);
        return settlements.of(id);
    }

    @Operation(
            summary = "Compares what the ledger left to arrears with what Stripe has counted",
            description =
                    "From the hour of one instant to the hour of another, exclusive. Stripe counts with some delay."
                            + " What was sent more than 120 days ago is no longer in it.")
    @GetMapping("/comparison")
    ComparisonView compare(
            @RequestParam String accountId,
            @RequestParam String meterId,
            @RequestParam Instant from,
            @RequestParam Instant to) {
        var begin = from.truncatedTo(ChronoUnit.HOURS);
        var end = to.truncatedTo(ChronoUnit.HOURS);
        if (!begin.isBefore(end)) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST, "empty-window", "Give at least an hour: from " + begin + " to " + end);
        }
        var totals = events.totals(accountId, meterId, begin, end);
        return ComparisonView.of(
                totals,
                customers
                        .customerOf(accountId)
                        .map(customer -> stripe.counted(meterId, customer, begin, end))
                        .orElse(null));
    }

    @Operation(summary = "Lists what Stripe has reported about meter events, newest first")
    @GetMapping("/error-reports")
    List<ReportView> errorReports() {
        return reports.newest(MOST_REPORTS);
    }

    private static ProblemException unknown(long id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND, "unknown-meter-event", "There is no meter event " + id + "; GET lists them");
    }

    private static ProblemException inTheWay(MeterEventView event, String rule) {
        return new ProblemException(HttpStatus.CONFLICT, "meter-event-state", rule + "; this one is " + event.state());
    }
}
