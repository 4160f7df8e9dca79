package io.drawdown.chaos.fault;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.drawdown.chaos.fault.Injection.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which kinds of fault a run has seen, and which it only seems to have. */
public final class Coverage {

    /** Once may be a machine that was slow just then; twice, with nothing in between that came, is a step that is not taken. */
    private static final int TIMES_THAT_ARE_CERTAIN = 2;

    private final List<String> kinds;
    private final Set<String> came;
    private final Map<String, Long> notReached;
    private final Set<String> tried;

    /** @param kinds the names of all that there are */
    public Coverage(List<String> kinds, List<Injection> injections) {
        this.kinds = kinds;
        this.came = injections.stream()
                .filter(Injection::happened)
                .map(injection -> injection.fault().name())
                .collect(toSet());
        this.notReached = injections.stream()
                .filter(injection -> injection.outcome() == Outcome.NOT_REACHED)
                .collect(groupingBy(injection -> injection.fault().name(), TreeMap::new, counting()));
        this.tried =
                injections.stream().map(injection -> injection.fault().name()).collect(toSet());
    }

    public List<String> kinds() {
        return kinds;
    }

    /** Those that have not come, for whichever reason. */
    public List<String> missing() {
        return kinds.stream().filter(kind -> !came.contains(kind)).toList();
    }

    /** Those for which the run was too short: their turn has not come. */
    public List<String> leftOut() {
        return kinds.stream().filter(kind -> !tried.contains(kind)).toList();
    }

    /** Those whose turn has come, and that have not come. */
    public List<String> neverCame() {
        return missing().stream().filter(tried::contains).toList();
    }

    /** Those of them that were armed again and again where somebody was ready to be hit. */
    public List<String> certainlyNotReached() {
        return neverCame().stream()
                .filter(kind -> notReached.getOrDefault(kind, 0L) >= TIMES_THAT_ARE_CERTAIN)
                .toList();
    }
}
