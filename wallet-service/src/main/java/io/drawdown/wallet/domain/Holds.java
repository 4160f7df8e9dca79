package io.drawdown.wallet.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The open holds of a wallet, and what they come to. The sums are kept, because every draw-down asks for them.
 *
 * @param open by id, oldest first
 * @param covered what is reserved of grants
 * @param uncovered what is reserved against the overdraft limit
 * @param nextExpiry when the next one times out; absent when there is none
 */
public record Holds(
        SequencedMap<HoldId, Hold> open,
        Money covered,
        Money uncovered,
        @Nullable Instant nextExpiry) {

    /** How many may be open at once: each change goes through all of them. */
    static final int MOST = 5_000;

    static Holds none(Money zero) {
        return new Holds(Collections.unmodifiableSequencedMap(new LinkedHashMap<>()), zero, zero, null);
    }

    /** Everything reserved. */
    public Money total() {
        return covered.plus(uncovered);
    }

    @Nullable
    Hold find(HoldId id) {
        return open.get(id);
    }

    /** @param hold a new one */
    Holds with(Hold hold) {
        var all = new LinkedHashMap<>(open);
        all.put(hold.id(), hold);
        return new Holds(
                Collections.unmodifiableSequencedMap(all),
                covered.plus(hold.covered()),
                uncovered.plus(hold.uncovered()),
                nextExpiry == null || hold.expiresAt().isBefore(nextExpiry) ? hold.expiresAt() : nextExpiry);
    }

    /** A hold of which something has been taken; one of which nothing is left is none any more. */
    Holds withLess(Hold hold) {
        var all = new LinkedHashMap<>(open);
        if (hold.amount().isPositive()) {
            all.put(hold.id(), hold);
        } else {
            all.remove(hold.id());
        }
        return of(all);
    }

    Holds withExpiry(GrantId grantId, Instant at) {
        if (open.isEmpty()) {
            return this;
        }
        var all = new LinkedHashMap<>(open);
        all.replaceAll((_, hold) -> hold.withExpiry(grantId, at));
        return of(all);
    }

    private Holds of(SequencedMap<HoldId, Hold> all) {
        var zero = Money.zero(covered.currency());
        return new Holds(
                Collections.unmodifiableSequencedMap(all),
                all.values().stream().map(Hold::covered).reduce(zero, Money::plus),
                all.values().stream().map(Hold::uncovered).reduce(zero, Money::plus),
                soonest(all.values()));
    }

    private static @Nullable Instant soonest(Collection<Hold> holds) {
        return holds.stream().map(Hold::expiresAt).min(Instant::compareTo).orElse(null);
    }
}
