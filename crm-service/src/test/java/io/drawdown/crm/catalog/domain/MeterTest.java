package io.drawdown.crm.catalog.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeterTest {

    static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");
    static final Instant DECEMBER = Instant.parse("2026-12-01T00:00:00Z");

    @Test
    void isRatedByTheMappingInForce() {
        var meter = meter(mapping("price_1", NOVEMBER), mapping("price_2", DECEMBER));

        assertThat(meter.mappingAt(NOVEMBER.minusMillis(1))).isEmpty();
        assertThat(meter.mappingAt(NOVEMBER)).contains(mapping("price_1", NOVEMBER));
        assertThat(meter.mappingAt(DECEMBER.minusMillis(1))).contains(mapping("price_1", NOVEMBER));
        assertThat(meter.mappingAt(DECEMBER)).contains(mapping("price_2", DECEMBER));
    }

    @Test
    void keepsItsHistoryOldestFirst() {
        var meter = meter(mapping("price_2", DECEMBER)).map(mapping("price_1", NOVEMBER), DECEMBER);

        assertThat(meter.priceMappings()).containsExactly(mapping("price_1", NOVEMBER), mapping("price_2", DECEMBER));
    }

    @Test
    void letsTheLastOfTwoMappingsOfOneInstantWin() {
        var meter = meter(mapping("price_1", NOVEMBER)).map(mapping("price_2", NOVEMBER), DECEMBER);

        assertThat(meter.priceMappings()).containsExactly(mapping("price_2", NOVEMBER));
        assertThat(meter.updatedAt()).isEqualTo(DECEMBER);
    }

    @Test
    void staysAsItIsWhenMappedTheSameAgain() {
        var meter = meter(mapping("price_1", NOVEMBER));

        assertThat(meter.map(mapping("price_1", NOVEMBER), DECEMBER)).isSameAs(meter);
    }

    @Test
    void keepsItsMappingsWhenSeenAgain() {
        var known = meter(mapping("price_1", NOVEMBER));

        assertThat(meter().after(known)).isEqualTo(known);
    }

    static Meter meter(PriceMapping... mappings) {
        return new Meter(
                "mtr_1",
                "api.request",
                "API requests",
                Aggregation.SUM,
                "value",
                true,
                List.of(mappings),
                NOVEMBER,
                NOVEMBER);
    }

    static PriceMapping mapping(String priceId, Instant effectiveAt) {
        return new PriceMapping(priceId, "prod_1", effectiveAt);
    }
}
