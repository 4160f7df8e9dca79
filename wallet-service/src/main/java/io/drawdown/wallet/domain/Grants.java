package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A wallet's grants in burn order, and how events change them. */
final class Grants {

    /**
     * Those of which something is left may come to so many in all: an event may name each of them with its terms, and must stay below
     * Kafka's limit of a megabyte together with its usage.
     */
    static final long MOST_CHARACTERS = 250_000;

    /** Its id and an amount, and what an event spends on the rest. */
    private static final int CHARACTERS_BESIDE_METERS = 50;

    private Grants() {}

    /** About how many characters an event takes that names all of these. */
    static long characters(List<Grant> lots) {
        long characters = 0;
        for (var lot : lots) {
            characters += CHARACTERS_BESIDE_METERS;
            for (var meterId : lot.meterIds()) {
                characters += meterId.length();
            }
        }
        return characters;
    }

    /** With what an overdraft has left of new credit. */
    static List<Grant> with(List<Grant> grants, CreditGranted event) {
        var remaining = event.amount().minus(event.overdraftRepaid());
        if (remaining.isZero()) {
            return grants;
        }
        var all = new ArrayList<Grant>(grants.size() + 1);
        all.addAll(grants);
        insert(all, Grant.of(event, remaining));
        return Collections.unmodifiableList(all);
    }

    /** Where it belongs in the burn order: sorting would compare all others again, each time. */
    private static void insert(List<Grant> inBurnOrder, Grant grant) {
        int at = Collections.binarySearch(inBurnOrder, grant, Grant.BURN_ORDER);
        inBurnOrder.add(at < 0 ? -at - 1 : at, grant);
    }

    /** What lots come to, and something besides. */
    static Money sum(List<Grant> lots, Money besides) {
        var total = besides;
        for (var lot : lots) {
            total = total.plus(lot.remaining());
        }
        return total;
    }

    /** The same in the order in which they burn. */
    static List<Grant> inBurnOrder(List<Grant> lots) {
        return lots.size() < 2
                ? List.copyOf(lots)
                : lots.stream().sorted(Grant.BURN_ORDER).toList();
    }

    /** The grants that these allocations name, each with what it is to give as its remainder. */
    static List<Grant> lots(List<Grant> grants, List<Allocation> allocations) {
        var lots = new ArrayList<Grant>(allocations.size());
        for (var allocation : allocations) {
            for (var grant : grants) {
                if (grant.id().equals(allocation.grantId())) {
                    lots.add(grant.leaving(allocation.amount()));
                }
            }
        }
        return Collections.unmodifiableList(lots);
    }

    /** With what goes back to grants, whether something is left of these or not; both in burn order. */
    static List<Grant> returning(List<Grant> grants, List<Grant> lots) {
        var all = new ArrayList<>(grants);
        for (var lot : lots) {
            int at = indexOf(all, lot.id());
            if (at < 0) {
                insert(all, lot);
            } else {
                all.set(at, all.get(at).leaving(all.get(at).remaining().plus(lot.remaining())));
            }
        }
        return Collections.unmodifiableList(all);
    }

    /**
     * Without parts of them, each a lot of the same grant; in any order. A part that is not there, or more than there is, is passed
     * over: versions have counted differently what repays anything, and each must read what the others have written.
     */
    static List<Grant> less(List<Grant> lots, List<Grant> parts) {
        var left = new ArrayList<>(lots);
        for (var part : parts) {
            int at = indexOf(left, part.id());
            if (at >= 0) {
                var lot = left.get(at);
                left.set(at, lot.burn(part.remaining().min(lot.remaining())));
            }
        }
        left.removeIf(lot -> lot.remaining().isZero());
        return Collections.unmodifiableList(left);
    }

    /** With what is one grant's expiring at {@code at}. */
    static List<Grant> expiring(List<Grant> lots, GrantId grantId, Instant at) {
        return lots.stream()
                .map(lot -> lot.id().equals(grantId) ? lot.expiringAt(at) : lot)
                .toList();
    }

    private static int indexOf(List<Grant> grants, GrantId id) {
        for (int i = 0; i < grants.size(); i++) {
            if (grants.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    /** Without what one grant has lost. */
    static List<Grant> without(List<Grant> grants, GrantId grantId, Money amount) {
        return without(grants, List.of(new Allocation(grantId, amount)));
    }

    /**
     * Without what several have given.
     *
     * @param allocations in burn order
     * @throws IllegalStateException if there are no such grants, or not in this order
     */
    static List<Grant> without(List<Grant> grants, List<Allocation> allocations) {
        var left = new ArrayList<Grant>(grants.size());
        int next = 0;
        for (var grant : grants) {
            if (next < allocations.size() && allocations.get(next).grantId().equals(grant.id())) {
                var after = grant.burn(allocations.get(next++).amount());
                if (!after.remaining().isZero()) {
                    left.add(after);
                }
            } else {
                left.add(grant);
            }
        }
        if (next < allocations.size()) {
            throw new IllegalStateException("There is no grant to take " + allocations.get(next)
                    + " from, or not in this place of the burn order; the wallet's history is damaged");
        }
        return Collections.unmodifiableList(left);
    }
}
