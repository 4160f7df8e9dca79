package io.drawdown.wallet.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Credit that is reserved for something whose cost is known only afterwards.
 *
 * @param lots what it took out of grants, in burn order: each is its grant with the reserved part as remainder, so that it
 *     can go back to where it came from
 * @param uncovered what no grant covers: reserved against the overdraft limit
 * @param meterId what it is for; absent when for no meter in particular
 * @param expiresAt held until this instant, exclusive
 */
public record Hold(
        HoldId id,
        List<Grant> lots,
        Money uncovered,
        @Nullable String meterId,
        Instant placedAt,
        Instant expiresAt) {

    /** What is still held; positive. */
    public Money amount() {
        return covered().plus(uncovered);
    }

    Money covered() {
        return Grants.sum(lots, Money.zero(uncovered.currency()));
    }

    List<Allocation> allocations() {
        return lots.stream()
                .map(lot -> new Allocation(lot.id(), lot.remaining()))
                .toList();
    }

    boolean hasExpiredAt(Instant instant) {
        return !expiresAt.isAfter(instant);
    }

    /** How an amount is taken out of it: its lots first, in burn order, then what no grant covers. */
    DrawdownPlan plan(Money amount) {
        var allocations = new ArrayList<Allocation>(lots.size());
        var open = amount;
        for (var lot : lots) {
            if (open.isPositive()) {
                var taken = open.min(lot.remaining());
                allocations.add(new Allocation(lot.id(), taken));
                open = open.minus(taken);
            }
        }
        return new DrawdownPlan(List.copyOf(allocations), open);
    }

    Hold without(List<Allocation> allocations, Money ofUncovered) {
        return new Hold(
                id, Grants.without(lots, allocations), uncovered.minus(ofUncovered), meterId, placedAt, expiresAt);
    }

    /** With another expiry of its part of a grant: of one that was taken back, it expires as soon as it is released. */
    Hold withExpiry(GrantId grantId, Instant at) {
        return new Hold(id, Grants.expiring(lots, grantId, at), uncovered, meterId, placedAt, expiresAt);
    }
}
