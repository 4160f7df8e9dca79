package io.drawdown.chaos.fault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Which faults of a lane come in which order: a pure function of the seed. Each comes once before any comes twice. */
public final class Schedule {

    private final Lane lane;
    private final Random random;
    private final List<Fault> deck = new ArrayList<>();

    public Schedule(Lane lane, long seed) {
        this.lane = lane;
        this.random = new Random(seed + lane.ordinal());
    }

    /** How many different faults there are, in all lanes. */
    public static long kinds() {
        return Stream.of(Lane.values())
                .flatMap(lane -> lane.faults(new Random(0)).stream())
                .count();
    }

    /** The next fault; there is always another one. */
    public Fault next() {
        if (deck.isEmpty()) {
            deck.addAll(lane.faults(random));
            Collections.shuffle(deck, random);
        }
        return deck.removeLast();
    }
}
