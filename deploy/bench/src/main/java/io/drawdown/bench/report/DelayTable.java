package io.drawdown.bench.report;

import io.drawdown.bench.measure.Quantiles;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Delays by contender, told as soon as each is known. */
public final class DelayTable {

    private final Map<String, Quantiles> results = new LinkedHashMap<>();

    public void add(String name, Quantiles quantiles) {
        Output.progress(row(name, quantiles));
        results.put(name, quantiles);
    }

    /** By contender, in the order in which they were measured. */
    public Map<String, Quantiles> results() {
        return Collections.unmodifiableMap(results);
    }

    public String text() {
        var text = new StringBuilder("%-22s %9s %9s %9s%n".formatted("", "p50 ms", "p99 ms", "p99.9 ms"));
        results.forEach((name, quantiles) -> text.append(row(name, quantiles)).append(System.lineSeparator()));
        return text.toString();
    }

    private static String row(String name, Quantiles quantiles) {
        return "%-22s %9.2f %9.2f %9.2f%s"
                .formatted(
                        name,
                        quantiles.p50(),
                        quantiles.p99(),
                        quantiles.p999(),
                        quantiles.missing() == 0 ? "" : "  (%,d never seen)".formatted(quantiles.missing()));
    }
}
