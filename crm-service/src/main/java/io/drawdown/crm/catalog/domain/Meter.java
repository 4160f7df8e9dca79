package io.drawdown.crm.catalog.domain;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A named aggregation of usage events, and the prices that rate it.
 *
 * @param meterId Stripe's id
 * @param eventName the type of the usage events that it counts
 * @param valueKey the key under the event's data that holds the value
 * @param active whether it still takes events
 * @param priceMappings Drawdown's own: the whole history, oldest first, no two of one instant
 * @param seenAt when Stripe's part was read
 * @param updatedAt when the content last changed
 */
public record Meter(
        String meterId,
        String eventName,
        String displayName,
        Aggregation aggregation,
        String valueKey,
        boolean active,
        List<PriceMapping> priceMappings,
        Instant seenAt,
        Instant updatedAt)
        implements Sighting<Meter> {

    public Meter {
        priceMappings = priceMappings.stream()
                .sorted(Comparator.comparing(PriceMapping::effectiveAt))
                .toList();
    }

    /** What rates usage that occurred at the instant. */
    public Optional<PriceMapping> mappingAt(Instant occurredAt) {
        return priceMappings.stream()
                .filter(mapping -> !mapping.effectiveAt().isAfter(occurredAt))
                .reduce((_, later) -> later);
    }

    /**
     * The meter with one more mapping; one of the same instant is replaced.
     *
     * @return this very meter when it has that mapping already
     */
    public Meter map(PriceMapping mapping, Instant at) {
        if (priceMappings.contains(mapping)) {
            return this;
        }
        var others = priceMappings.stream().filter(other -> !other.effectiveAt().equals(mapping.effectiveAt()));
        return with(Stream.concat(others, Stream.of(mapping)).toList(), at);
    }

    @Override
    public Meter after(Meter known) {
        return with(known.priceMappings, sameContent(known) ? known.updatedAt : updatedAt);
    }

    @Override
    public boolean sameContent(Meter other) {
        return eventName.equals(other.eventName)
                && displayName.equals(other.displayName)
                && aggregation == other.aggregation
                && valueKey.equals(other.valueKey)
                && active == other.active;
    }

    private Meter with(List<PriceMapping> mappings, Instant at) {
        return new Meter(meterId, eventName, displayName, aggregation, valueKey, active, mappings, seenAt, at);
    }
}
