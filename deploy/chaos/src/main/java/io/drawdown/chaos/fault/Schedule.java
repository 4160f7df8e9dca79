package io.drawdown.chaos.fault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which faults of a lane come in which order: a pure function of the seed, of what was missed and of what could come. Each
 * happens once before any happens twice.
 */
public final class Schedule {

    private final Lane lane;
    private final Random random;
    private final List<Fault> deck = new ArrayList<>();
    private int rounds;

    public Schedule(Lane lane, long seed) {
        this.lane = lane;
        this.random = new Random(seed + lane.ordinal());
    }

    /** The names of all different faults there are, in all lanes. */
    public static List<String> kinds() {
        return Stream.of(Lane.values())
                .flatMap(lane -> lane.faults(new Random(0)).stream())
                .map(Fault::name)
                .toList();
    }

    /** The next fault; there is always another one. */
    public Fault next() {
        deal();
        return deck.removeLast();
    }

    /** The next fault of this round that can come; null when none can. */
    public @Nullable Fault next(Predicate<Fault> canCome) {
        deal();
        for (var fault : deck.reversed()) {
            if (canCome.test(fault)) {
                deck.remove(fault);
                return fault;
            }
        }
        return null;
    }

    private void deal() {
        if (deck.isEmpty()) {
            deck.addAll(lane.faults(random));
            Collections.shuffle(deck, random);
            rounds++;
        }
    }

    /** Says that a fault did not come about: it comes again after the others of its round. */
    public void missed(Fault fault) {
        deck.addFirst(fault);
    }

    /** Whether each fault has happened. */
    public boolean isThrough() {
        return rounds > 1 || (rounds == 1 && deck.isEmpty());
    }
}
