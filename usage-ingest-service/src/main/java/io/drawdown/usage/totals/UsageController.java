package io.drawdown.usage.totals;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.catalog.Meter;
import io.drawdown.support.problem.ProblemException;
import io.drawdown.usage.directory.PatientAdmission;
import io.drawdown.usage.domain.Excerpt;
import io.drawdown.wire.view.CompactedTopicView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells what an account used, by hour or day. */
@RestController
class UsageController {

    private static final long WINDOWS_MAX = 1_000;

    private final TotalsTable totals;
    private final TotalsProperties properties;
    private final PatientAdmission accounts;
    private final CompactedTopicView<Meter> meters;

    UsageController(
            TotalsTable totals,
            TotalsProperties properties,
            PatientAdmission accounts,
            CompactedTopicView<Meter> meters) {
        this.totals = totals;
        this.properties = properties;
        this.accounts = accounts;
        this.meters = meters;
    }

    @GetMapping("/v1/usage")
    UsageView usage(
            @RequestParam String account,
            @RequestParam String meter,
            @RequestParam Instant from,
            @RequestParam Instant to,
            @RequestParam(defaultValue = "day") String window,
            @RequestParam(required = false) @Nullable List<String> groupBy) {
        var names = groupBy == null ? List.<String>of() : groupBy;
        var span = Span.ofCode(window);
        if (span == null) {
            throw bad("window is " + Excerpt.of(window) + ": ask for hour or day");
        }
        check(span, from, to, names);
        var known = accounts.account(account);
        var counted = meters.get(meter);
        if (known == null || counted == null) {
            throw unknown(known == null ? "account" : "meter", known == null ? account : meter);
        }
        var query = new TotalsTable.Query(known.accountId(), meter, span, from, to, names);
        var entries = totals.find(query).stream()
                .map(group -> entry(group, counted.getAggregation()))
                .toList();
        return new UsageView(known.accountId(), meter, span.code(), from, to, entries);
    }

    private void check(Span span, Instant from, Instant to, List<String> names) {
        if (!span.startOf(from).equals(from) || !span.startOf(to).equals(to)) {
            throw bad("from and to must be the start of " + (span == Span.DAY ? "a day" : "an hour") + " in UTC");
        }
        if (!from.isBefore(to) || span.between(from, to) > WINDOWS_MAX) {
            throw bad("to must be later than from, by " + WINDOWS_MAX + " windows at most: ask in parts");
        }
        for (var name : names) {
            if (!properties.dimensions().contains(name)) {
                throw bad("totals are not kept apart by " + Excerpt.of(name) + ", only by " + properties.dimensions()
                        + ": name it in drawdown.usage.totals.dimensions");
            }
        }
    }

    private static UsageView.Entry entry(TotalsTable.Group group, Aggregation aggregation) {
        var value = value(group, aggregation);
        return new UsageView.Entry(group.start(), group.dimensions(), group.events(), StoredTotal.plain(value));
    }

    private static BigDecimal value(TotalsTable.Group group, Aggregation aggregation) {
        return switch (aggregation) {
            case SUM, COUNT -> group.sum();
            case LAST -> group.last();
            case MAX -> group.max();
            case UNIQUE_COUNT, UNKNOWN ->
                throw new ProblemException(
                        HttpStatus.CONFLICT,
                        "unknown-aggregation",
                        "The meter aggregates by " + aggregation.name().toLowerCase(Locale.ROOT)
                                + ", which this version does not know: update usage-ingest-service.");
        };
    }

    private static ProblemException unknown(String what, String id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND, "unknown-" + what, "There is no " + what + " " + Excerpt.of(id) + " here.");
    }

    private static ProblemException bad(String detail) {
        return new ProblemException(HttpStatus.BAD_REQUEST, "invalid-usage-query", detail + ".");
    }
}
