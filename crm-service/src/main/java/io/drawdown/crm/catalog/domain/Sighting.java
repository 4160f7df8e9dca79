package io.drawdown.crm.catalog.domain;

import java.time.Instant;

/**
 * A state of something in Stripe's catalogue, as it was seen.
 *
 * @param <T> what it is a state of
 */
public sealed interface Sighting<T> permits Product, Price, Meter {

    /** When it was read from Stripe; of two states the later one counts. */
    Instant seenAt();

    /** Whether Stripe says the same in the other state, however old that is and whatever Drawdown adds. */
    boolean sameContent(T other);

    /**
     * This state as successor of the one known: with what Drawdown added to that, and unless the content is another,
     * last changed when that was.
     */
    T after(T known);
}
