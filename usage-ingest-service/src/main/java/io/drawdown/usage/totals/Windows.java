package io.drawdown.usage.totals;

import io.drawdown.support.time.Zone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Windows of an account, one after the other.
 *
 * @param length of each
 * @param starts of each, in their order
 * @param end of the last, exclusive
 */
record Windows(Window length, List<Instant> starts, Instant end) {

    /**
     * Those from one start of a window to another, exclusive.
     *
     * @param most how many there are at most; those behind are left out
     */
    static Windows between(Instant from, Instant to, Window length, Zone zone, int most) {
        var starts = new ArrayList<Instant>();
        var at = from;
        while (at.isBefore(to) && starts.size() < most) {
            starts.add(at);
            at = length.at(at, zone).end();
        }
        return new Windows(length, List.copyOf(starts), at);
    }

    Instant start() {
        return starts.getFirst();
    }
}
