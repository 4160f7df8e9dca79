package io.drawdown.bench.ledger;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was measured.
 *
 * @param rebuilds by what was rebuilt
 * @param conditions under which
 */
record RebuildReport(Map<String, Rebuild> rebuilds, Map<String, Object> conditions) {

    String json() {
        var report = new LinkedHashMap<String, Object>();
        report.put("bench", "rebuild");
        report.put("events_per_s", map(Rebuild::perSecond));
        report.put("reading_alone_per_s", map(Rebuild::readingAlone));
        report.put("ratios", map(Rebuild::ratio));
        report.put("conditions", conditions);
        return JsonMapper.shared().writeValueAsString(report);
    }

    private Map<String, @Nullable Object> map(Function<Rebuild, @Nullable Object> value) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        rebuilds.forEach((name, rebuild) -> map.put(name, value.apply(rebuild)));
        return map;
    }

    String text() {
        return rebuilds.entrySet().stream()
                .map(each -> "%-10s %s".formatted(each.getKey(), each.getValue().text()))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /**
     * One of them.
     *
     * @param perSecond events or claims; null where it cannot be told
     * @param readingAlone how many of them are read and thrown away in a second
     */
    record Rebuild(@Nullable Long perSecond, long readingAlone) {

        private @Nullable BigDecimal ratio() {
            return perSecond == null
                    ? null
                    : BigDecimal.valueOf(perSecond)
                            .divide(BigDecimal.valueOf(Math.max(1, readingAlone)), new MathContext(3));
        }

        private String text() {
            return perSecond == null
                    ? "cannot be told; reading alone %,d a second".formatted(readingAlone)
                    : "%,12d a second   × %s of reading alone".formatted(perSecond, ratio());
        }
    }
}
