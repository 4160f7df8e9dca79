package io.drawdown.reporting.source;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How old a report is and whether it is whole.
 *
 * @param asOf the oldest of the sources' instants: everything by then is in the report; null when that is not known
 * @param ageMillis how long ago that was
 * @param incompleteWallets wallets of which an event is missing; zero when the report is whole
 */
public record Freshness(
        @Nullable Instant asOf, @Nullable Long ageMillis, List<SourceAge> sources, long incompleteWallets) {

    static Freshness of(List<SourceAge> sources, long incompleteWallets, Instant now) {
        var known = sources.stream().map(SourceAge::asOf).allMatch(Objects::nonNull);
        var asOf = known
                ? sources.stream()
                        .map(SourceAge::asOf)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(now)
                : null;
        var age = asOf == null ? null : Duration.between(asOf, now).toMillis();
        return new Freshness(asOf, age, sources, incompleteWallets);
    }
}
