package io.drawdown.sandbox.store;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A filter on one key of a table.
 *
 * @param key path of the key, as the table declares it
 * @param exactly the only value that passes, when there is just one: such a filter uses an index
 * @param test passes or not; objects without the key never pass
 */
public record Condition(String key, @Nullable String exactly, Predicate<String> test) {

    /** Only objects with this value. */
    public static Condition is(String key, String value) {
        return new Condition(key, value, value::equals);
    }

    /** Only objects whose value passes. */
    public static Condition that(String key, Predicate<String> test) {
        return new Condition(key, null, test);
    }
}
