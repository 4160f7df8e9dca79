package io.drawdown.wallet.domain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Every grant that a wallet was ever given: a cause must not grant twice.
 *
 * <p>The ids lie in sets of which each is at least twice as large as the next. One more id makes a set of its own, which is put
 * together with those of its size: so an id is copied as often as its set doubles, and not with every grant that comes later.
 *
 * @param sets the largest first; no id is in two of them
 */
public record GrantIds(List<Set<GrantId>> sets) {

    static final GrantIds NONE = new GrantIds(List.of());

    /** Whether the grant was ever given. */
    public boolean contains(GrantId id) {
        for (var set : sets) {
            if (set.contains(id)) {
                return true;
            }
        }
        return false;
    }

    GrantIds with(GrantId id) {
        if (contains(id)) {
            return this;
        }
        var kept = new ArrayList<>(sets);
        var youngest = new HashSet<>(Set.of(id));
        while (!kept.isEmpty() && kept.getLast().size() == youngest.size()) {
            youngest.addAll(kept.removeLast());
        }
        kept.add(Set.copyOf(youngest));
        return new GrantIds(List.copyOf(kept));
    }
}
