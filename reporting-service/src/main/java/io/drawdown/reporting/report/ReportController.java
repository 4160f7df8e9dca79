package io.drawdown.reporting.report;

import io.drawdown.support.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The reports over HTTP: JSON, or CSV for who accepts {@code text/csv}. */
@RestController
@RequestMapping("/v1/reports")
class ReportController {

    private static final String TEXT_CSV = "text/csv";
    private static final int MOST_ROWS = 100_000;

    private final Revenue revenue;
    private final Cash cash;
    private final Wallets wallets;
    private final Activity activity;

    ReportController(Revenue revenue, Cash cash, Wallets wallets, Activity activity) {
        this.revenue = revenue;
        this.cash = cash;
        this.wallets = wallets;
        this.activity = activity;
    }

    @GetMapping(
            path = "/revenue",
            produces = {MediaType.APPLICATION_JSON_VALUE, TEXT_CSV})
    RevenueReport revenue(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        return revenue.total(Period.of(from, to), MOST_ROWS);
    }

    @GetMapping(
            path = "/revenue/by-month",
            produces = {MediaType.APPLICATION_JSON_VALUE, TEXT_CSV})
    RevenueReport byMonth(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        return revenue.byMonth(Period.of(from, to), MOST_ROWS);
    }

    @GetMapping(
            path = "/revenue/by-account",
            produces = {MediaType.APPLICATION_JSON_VALUE, TEXT_CSV})
    RevenueReport byAccount(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "100000") int limit) {
        return revenue.byAccount(Period.of(from, to), checked(limit));
    }

    @GetMapping(
            path = "/cash",
            produces = {MediaType.APPLICATION_JSON_VALUE, TEXT_CSV})
    CashReport cash(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        return cash.report(Period.of(from, to));
    }

    @GetMapping(
            path = "/wallets",
            produces = {MediaType.APPLICATION_JSON_VALUE, TEXT_CSV})
    WalletsReport wallets(@RequestParam(defaultValue = "100000") int limit) {
        return wallets.report(checked(limit));
    }

    @GetMapping("/activity")
    ActivityReport activity(@RequestParam(defaultValue = "50") int limit) {
        return activity.report(checked(limit));
    }

    private static int checked(int limit) {
        if (limit < 1 || limit > MOST_ROWS) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "limit-out-of-range",
                    "limit is " + limit + ": ask for 1 to " + MOST_ROWS + " rows.");
        }
        return limit;
    }
}
