package io.drawdown.usage.totals;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.catalog.Meter;
import io.drawdown.support.problem.ProblemException;
import io.drawdown.support.time.Zone;
import io.drawdown.usage.directory.PatientAdmission;
import io.drawdown.usage.domain.Excerpt;
import io.drawdown.wire.view.CompactedTopicView;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells what an account used, by hour, day or month. */
@RestController
class UsageController {

    private static final int WINDOWS_MAX = 1_000;
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final TotalsSearch totals;
    private final TotalsProperties properties;
    private final PatientAdmission accounts;
    private final CompactedTopicView<Meter> meters;
    private final Clock clock;

    UsageController(
            TotalsSearch totals,
            TotalsProperties properties,
            PatientAdmission accounts,
            CompactedTopicView<Meter> meters,
            Clock clock) {
        this.totals = totals;
        this.properties = properties;
        this.accounts = accounts;
        this.meters = meters;
        this.clock = clock;
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
        var length = Window.ofCode(window);
        if (length == null) {
            throw bad("window is " + Excerpt.of(window) + ": ask for hour, day or month");
        }
        check(names);
        var known = accounts.account(account);
        var counted = meters.get(meter);
        if (known == null || counted == null) {
            throw unknown(known == null ? "account" : "meter", known == null ? account : meter);
        }
        var windows = windows(length, known.zone(), from, to);
        var query = new TotalsSearch.Query(known.accountId(), meter, windows, names);
        var found = find(query, counted.getAggregation());
        if (!found.isWhole()) {
            throw bad("there are " + found.inAll() + " entries, which are more, or longer, than one answer has: ask for"
                    + " fewer windows, or leave out of groupBy what has many values");
        }
        var entries = found.groups().stream()
                .map(group -> entry(group, counted.getAggregation()))
                .toList();
        return new UsageView(known.accountId(), meter, length.code(), from, to, entries);
    }

    private TotalsSearch.Found find(TotalsSearch.Query query, Aggregation aggregation) {
        if (aggregation != Aggregation.UNIQUE_COUNT) {
            return totals.find(query);
        }
        var oldest = clock.instant().minus(properties.textsRetention());
        if (query.windows().start().isBefore(oldest)) {
            throw bad("texts are kept since " + oldest
                    + ", so unique ones are counted from then on: ask for later windows");
        }
        return totals.findTexts(query);
    }

    private static Windows windows(Window length, Zone zone, Instant from, Instant to) {
        requireOfThisWorld(from);
        requireOfThisWorld(to);
        requireStart(length, zone, from);
        requireStart(length, zone, to);
        var windows = Windows.between(from, to, length, zone, WINDOWS_MAX + 1);
        if (windows.starts().isEmpty() || windows.starts().size() > WINDOWS_MAX) {
            throw bad("to must be later than from, by " + WINDOWS_MAX + " windows at most: ask in parts");
        }
        return windows;
    }

    /** Beyond, neither calendars nor the database can follow. */
    private static void requireOfThisWorld(Instant instant) {
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw bad("from and to must lie in the years from 1970 to 9999");
        }
    }

    private static void requireStart(Window length, Zone zone, Instant instant) {
        var window = length.at(instant, zone);
        if (!window.start().equals(instant)) {
            throw bad("from and to must be the start of an hour, day or month in " + zone
                    + ", the account's time zone, as window says: the " + length.code() + " of " + instant
                    + " begins at "
                    + window.start() + " and ends at " + window.end());
        }
    }

    private void check(List<String> names) {
        for (var name : names) {
            if (!properties.dimensions().contains(name)) {
                throw bad("totals are not kept apart by " + Excerpt.of(name) + ", only by " + properties.dimensions()
                        + ": name it in drawdown.usage.totals.dimensions");
            }
        }
    }

    private static UsageView.Entry entry(TotalsSearch.Group group, Aggregation aggregation) {
        var value = value(group, aggregation);
        return new UsageView.Entry(group.start(), group.dimensions(), group.events(), StoredTotal.plain(value));
    }

    private static BigDecimal value(TotalsSearch.Group group, Aggregation aggregation) {
        return switch (aggregation) {
            case SUM, COUNT, UNIQUE_COUNT -> group.sum();
            case LAST -> group.last();
            case MAX -> group.max();
            case UNKNOWN ->
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
