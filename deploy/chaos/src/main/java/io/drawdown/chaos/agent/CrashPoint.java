package io.drawdown.chaos.agent;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where a process can be ended.
 *
 * @param step what it does there
 * @param moment before or after that
 */
public record CrashPoint(Step step, Moment moment) {

    /** Which end of a step. */
    public enum Moment {
        BEFORE,
        AFTER
    }

    /** All there are. */
    public static List<CrashPoint> all() {
        return Stream.of(Step.values())
                .flatMap(step -> Stream.of(Moment.values()).map(moment -> new CrashPoint(step, moment)))
                .toList();
    }

    /** Its number, the same in every process. */
    int number() {
        return step.ordinal() * Moment.values().length + moment.ordinal();
    }

    /** The point of this name. */
    static CrashPoint named(String name) {
        return all().stream()
                .filter(point -> point.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no crash point " + name));
    }

    /** Its name, such as {@code after append}. */
    @Override
    public String toString() {
        return moment.name().toLowerCase(Locale.ROOT) + " " + step.label();
    }
}
