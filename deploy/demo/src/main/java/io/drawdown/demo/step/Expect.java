package io.drawdown.demo.step;

import java.math.BigDecimal;
import java.util.Objects;

/** Compares what must be so with what is. */
final class Expect {

    private Expect() {}

    static void equal(String what, Object expected, Object seen) {
        if (!Objects.equals(expected, seen)) {
            throw new AssertionError("Expected %s to be %s, but it is %s".formatted(what, expected, seen));
        }
    }

    /** Compares amounts by value: 45 and 45.00 are the same money. */
    static void equal(String what, BigDecimal expected, BigDecimal seen) {
        if (expected.compareTo(seen) != 0) {
            throw new AssertionError("Expected %s to be %s, but it is %s".formatted(what, expected, seen));
        }
    }
}
