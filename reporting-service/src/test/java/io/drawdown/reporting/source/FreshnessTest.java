package io.drawdown.reporting.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FreshnessTest {

    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void isThatOfTheOldestSource() {
        var freshness = Freshness.of(List.of(source(NOW), source(NOW.minusSeconds(3))), 0, NOW);

        assertThat(freshness.asOf()).isEqualTo(NOW.minusSeconds(3));
        assertThat(freshness.ageMillis()).isEqualTo(3000);
    }

    @Test
    void isUnknownWhenThatOfOneSourceIs() {
        var freshness = Freshness.of(List.of(source(NOW), source(null)), 0, NOW);

        assertThat(freshness.asOf()).isNull();
        assertThat(freshness.ageMillis()).isNull();
    }

    static SourceAge source(@Nullable Instant asOf) {
        return new SourceAge("wallet.events.v1", asOf, 0L, asOf);
    }
}
