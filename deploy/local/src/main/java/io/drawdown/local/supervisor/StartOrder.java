package io.drawdown.local.supervisor;

import io.drawdown.local.process.PlatformException;
import io.drawdown.local.process.ProcessSpec;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What must be ready before what: a process's rank is one more than the highest rank it waits for. */
public final class StartOrder {

    private final Map<String, ProcessSpec> byName = new LinkedHashMap<>();
    private final Map<String, Integer> ranks = new HashMap<>();

    /**
     * Orders the processes.
     *
     * @throws IllegalArgumentException when one waits for an unknown process, or for itself in the end
     */
    public StartOrder(Collection<ProcessSpec> processes) {
        processes.forEach(spec -> byName.put(spec.name(), spec));
        byName.keySet().forEach(name -> rank(name, new HashSet<>()));
    }

    /** The rank of a process, 0 for one that waits for nothing. */
    public int rank(String name) {
        return rank(name, new HashSet<>());
    }

    /**
     * The named processes with all that they wait for, in the order of the list.
     *
     * @throws PlatformException when a name is unknown; the message lists the known ones
     */
    public List<ProcessSpec> closure(Collection<String> names) {
        var wanted = new HashSet<String>();
        names.forEach(name -> collect(name, wanted));
        return byName.values().stream()
                .filter(spec -> wanted.contains(spec.name()))
                .toList();
    }

    private void collect(String name, Set<String> wanted) {
        var spec = byName.get(name);
        if (spec == null) {
            throw new PlatformException("There is no process " + name + ". There are: "
                    + byName.keySet().stream().collect(Collectors.joining(", ")) + ".");
        }
        if (wanted.add(name)) {
            spec.after().forEach(before -> collect(before, wanted));
        }
    }

    private int rank(String name, Set<String> path) {
        var known = ranks.get(name);
        if (known != null) {
            return known;
        }
        var spec = byName.get(name);
        if (spec == null || !path.add(name)) {
            throw new IllegalArgumentException("The start order has no place for " + name + ": " + path);
        }
        var rank = spec.after().stream()
                .mapToInt(before -> rank(before, new HashSet<>(path)) + 1)
                .max()
                .orElse(0);
        ranks.put(name, rank);
        return rank;
    }
}
