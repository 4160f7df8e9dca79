package io.drawdown.wallet.rating;

import io.drawdown.wallet.domain.RunningTotal;
import io.drawdown.wallet.domain.UsageAdjustment.Measure;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a meter's usage of a month becomes a total. */
public enum Aggregation {
    /** All of it together. Counting is this too: each event then counts one, or, if it was seen before, zero. */
    SUM {
        @Override
        RunningTotal continued(RunningTotal before, BigDecimal quantity, Instant occurredAt) {
            return new RunningTotal(before.quantity().add(quantity), later(before, occurredAt));
        }

        @Override
        public RunningTotal without(
                RunningTotal total, BigDecimal quantity, Instant occurredAt, Supplier<RunningTotal> rest) {
            return new RunningTotal(total.quantity().subtract(quantity), total.lastAt());
        }
    },
    /** The value that occurred last; of two that occurred together, the one that came later. */
    LAST {
        @Override
        RunningTotal continued(RunningTotal before, BigDecimal quantity, Instant occurredAt) {
            return occurredAt.isBefore(before.lastAt()) ? before : new RunningTotal(quantity, occurredAt);
        }

        @Override
        public RunningTotal without(
                RunningTotal total, BigDecimal quantity, Instant occurredAt, Supplier<RunningTotal> rest) {
            return occurredAt.isBefore(total.lastAt()) ? total : rest.get();
        }
    },
    /** The largest value. */
    MAX {
        @Override
        RunningTotal continued(RunningTotal before, BigDecimal quantity, Instant occurredAt) {
            return new RunningTotal(before.quantity().max(quantity), later(before, occurredAt));
        }

        @Override
        public RunningTotal without(
                RunningTotal total, BigDecimal quantity, Instant occurredAt, Supplier<RunningTotal> rest) {
            return quantity.compareTo(total.quantity()) < 0 ? total : rest.get();
        }
    };

    abstract RunningTotal continued(RunningTotal before, BigDecimal quantity, Instant occurredAt);

    /**
     * The total as if some usage had not been.
     *
     * @param rest the total of all other usage, which is asked for only where the total itself does not tell
     */
    public abstract RunningTotal without(
            RunningTotal total, BigDecimal quantity, Instant occurredAt, Supplier<RunningTotal> rest);

    /** @param before null when there was no usage in the month yet */
    public RunningTotal after(@Nullable RunningTotal before, BigDecimal quantity, Instant occurredAt) {
        return before == null ? new RunningTotal(quantity, occurredAt) : continued(before, quantity, occurredAt);
    }

    /**
     * The total of all usage of a month.
     *
     * @param usage in the order in which it came
     * @param begin of the month
     */
    public RunningTotal of(Stream<Measure> usage, Instant begin) {
        return usage.sequential()
                .reduce(
                        new RunningTotal(BigDecimal.ZERO, begin),
                        (total, each) -> continued(total, each.quantity(), each.occurredAt()),
                        (_, _) -> {
                            throw new IllegalStateException("Usage has an order");
                        });
    }

    private static Instant later(RunningTotal before, Instant occurredAt) {
        return occurredAt.isAfter(before.lastAt()) ? occurredAt : before.lastAt();
    }
}
