package io.drawdown.chaos.check;

import java.util.List;

/**
 * One thing that must hold, and whether it does.
 *
 * @param name what must hold, as a sentence
 * @param looked at how many things it was looked at
 * @param violations where it does not hold, in words
 */
public record Check(String name, long looked, List<String> violations) {

    /** Whether it holds. */
    public boolean holds() {
        return violations.isEmpty();
    }
}
