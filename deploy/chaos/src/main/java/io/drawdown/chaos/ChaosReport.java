package io.drawdown.chaos;

import io.drawdown.chaos.check.Check;
import io.drawdown.chaos.fault.Coverage;
import io.drawdown.chaos.fault.Injection;
import io.drawdown.chaos.fault.Schedule;
import io.drawdown.chaos.load.Sent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was done and what came of it.
 *
 * @param seed replays the schedule
 * @param injections the faults, in order
 * @param checks what must hold
 * @param sent what the driver sent
 */
record ChaosReport(long seed, List<Injection> injections, List<Check> checks, Sent sent) {

    private static final int MOST_EVIDENCE = 20;

    boolean holds() {
        return checks.stream().allMatch(Check::holds);
    }

    /** A table for a person. */
    String text() {
        var text = new StringBuilder("%nWhat went wrong%n".formatted());
        faults().forEach((name, count) -> text.append("  %-52s %s%n".formatted(name, count)));
        text.append(section("NEVER CAME, though their turn did", coverage().neverCame()));
        text.append(section("Left out, since the run was too short", coverage().leftOut()));
        text.append("%nWhat was sent%n".formatted());
        numbers().forEach((name, count) -> text.append("  %-52s %,d%n".formatted(name, count)));
        text.append("%nWhat must hold%n".formatted());
        checks.forEach(check -> text.append(row(check)));
        return text.append("%n%s Seed %d%n".formatted(verdict(), seed)).toString();
    }

    private String verdict() {
        return holds() ? "All holds." : "NOT EVERYTHING HOLDS.";
    }

    private static String row(Check check) {
        var row = new StringBuilder(
                "  %-5s %-78s %,9d%n".formatted(check.holds() ? "ok" : "FAILS", check.name(), check.looked()));
        check.violations().stream()
                .limit(MOST_EVIDENCE)
                .forEach(violation -> row.append("        %s%n".formatted(violation)));
        if (check.violations().size() > MOST_EVIDENCE) {
            row.append("        and %,d more%n".formatted(check.violations().size() - MOST_EVIDENCE));
        }
        return row.toString();
    }

    /** By name: how often it came, and how often it was to come and did not. */
    private Map<String, String> faults() {
        var byName = injections.stream()
                .collect(Collectors.groupingBy(
                        injection -> injection.fault().name(),
                        TreeMap::new,
                        Collectors.partitioningBy(Injection::happened, Collectors.counting())));
        var faults = new LinkedHashMap<String, String>();
        byName.forEach((name, counts) -> faults.put(name, count(counts)));
        var kinds = coverage().kinds().size();
        faults.put(
                "kinds of fault that came, of " + kinds,
                Integer.toString(kinds - coverage().missing().size()));
        return faults;
    }

    private Coverage coverage() {
        return coverage(injections);
    }

    private static Coverage coverage(List<Injection> injections) {
        return new Coverage(Schedule.kinds(), injections);
    }

    /** Nothing where there is none. */
    private static String section(String heading, List<String> names) {
        return names.isEmpty()
                ? ""
                : names.stream()
                        .map("  %s%n"::formatted)
                        .collect(Collectors.joining("", "%n%s%n".formatted(heading), ""));
    }

    /** Whether there was no fault that never came. */
    static Check everyFault(List<Injection> injections) {
        var coverage = coverage(injections);
        var never = coverage.missing().stream().map(name -> name + ": never").toList();
        return new Check("Every fault has come at least once", coverage.kinds().size(), never);
    }

    /** Whether each step that was armed again and again is taken at all: else its faults are none. */
    static Check everyStep(List<Injection> injections) {
        var never = coverage(injections).certainlyNotReached().stream()
                .map(name -> name + ": armed again and again, and never reached")
                .toList();
        return new Check("Each step that was armed again and again is taken", injections.size(), never);
    }

    private static String count(Map<Boolean, Long> counts) {
        var missed = counts.getOrDefault(false, 0L);
        return counts.getOrDefault(true, 0L) + (missed == 0 ? "" : "  (and %d times not reached)".formatted(missed));
    }

    private Map<String, Long> numbers() {
        var numbers = new LinkedHashMap<String, Long>();
        numbers.put("usage", (long) sent.usage().size());
        numbers.put("usage that is worth nothing", (long) sent.worthless().size());
        numbers.put("grants", (long) sent.grants().size());
        numbers.put("holds", (long) sent.holds().size());
        numbers.put(
                "captures and releases",
                (long) sent.captures().size() + sent.releases().size());
        numbers.put("grants taken back", (long) sent.voidings().size());
        numbers.put("top-ups by hand", (long) sent.topUps().size());
        numbers.put("refunds and disputes", (long) sent.reversals().size());
        numbers.put("corrections of usage", (long) sent.corrections().size());
        numbers.put("changes of routes, settlements and prices", sent.changes());
        numbers.put("repeats of what was answered", sent.repeats());
        numbers.put("tries that were not answered", sent.retries());
        return numbers;
    }

    /** The result for a program. */
    String json() {
        var report = new LinkedHashMap<String, Object>();
        report.put("chaos", "ledger");
        report.put("seed", seed);
        report.put("holds", holds());
        report.put("faults", injections.stream().map(ChaosReport::json).toList());
        report.put("never_came", coverage().neverCame());
        report.put("left_out", coverage().leftOut());
        report.put("sent", numbers());
        report.put("checks", checks);
        return JsonMapper.builder().build().writeValueAsString(report);
    }

    private static Map<String, Object> json(Injection injection) {
        return Map.of(
                "at_ms", injection.at().toMillis(),
                "fault", injection.fault().name(),
                "happened", injection.happened(),
                "outcome", injection.outcome(),
                "detail", injection.detail());
    }
}
