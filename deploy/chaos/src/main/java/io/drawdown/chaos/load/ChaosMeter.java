package io.drawdown.chaos.load;

import static io.drawdown.events.catalog.Aggregation.COUNT;
import static io.drawdown.events.catalog.Aggregation.LAST;
import static io.drawdown.events.catalog.Aggregation.MAX;
import static io.drawdown.events.catalog.Aggregation.SUM;
import static io.drawdown.events.catalog.Aggregation.UNIQUE_COUNT;

import io.drawdown.events.catalog.Aggregation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** What is used in a run, each meter in a way of its own. */
public enum ChaosMeter {
    /** Paid for by the account's main wallet. */
    CALLS(SUM, new Rate.PerUnit("0.01")),
    /** Paid for by whichever wallet the meter is routed to, and by grants for nothing else. */
    TOKENS(SUM, new Rate.PerUnit("0.0035")),
    /** Its price comes and goes: what is used while there is none is parked. */
    STORAGE(SUM, new Rate.PerUnit("0.02")),
    /** Settles in every way, one after the other. */
    MINUTES(SUM, new Rate.PerUnit("0.004")),
    /** Settles in arrears. */
    IMAGES(SUM, new Rate.PerUnit("0.05")),
    /** Is sold in packages. */
    MESSAGES(COUNT, new Rate.Packages("0.15", 10)),
    /** Costs less the more there is of it, part by part. */
    JOBS(
            SUM,
            new Rate.Graduated(List.of(
                    new Rate.Tier("25", "0.03", "0"),
                    new Rate.Tier("200", "0.02", "0.5"),
                    new Rate.Tier(null, "0.0125", "1")))),
    /** Costs less the more there is of it, all of it: what reaches a tier makes what was used before cheaper. */
    TRAFFIC(
            SUM,
            new Rate.Volume(List.of(
                    new Rate.Tier("20", "0.03", "0"),
                    new Rate.Tier("150", "0.02", "0.1"),
                    new Rate.Tier(null, "0.015", "0")))),
    /** Costs what the largest value does. */
    PEAK(MAX, new Rate.PerUnit("0.75")),
    /** Costs what the last value does, which rises and falls. */
    LEVEL(LAST, new Rate.PerUnit("0.25")),
    /** Costs as much for each different text. */
    VISITORS(UNIQUE_COUNT, new Rate.PerUnit("0.06")),
    /** Does not exist. */
    NOTHING(SUM, new Rate.PerUnit("0"));

    private static final int LARGEST = 12_000;
    private static final int DECIMALS = 3;
    private static final int TEXTS = 60;

    private final Aggregation aggregation;
    private final Rate rate;

    ChaosMeter(Aggregation aggregation, Rate rate) {
        this.aggregation = aggregation;
        this.rate = rate;
    }

    /** The name under which its usage is reported. */
    public String eventName() {
        return "chaos_" + name().toLowerCase(Locale.ROOT);
    }

    /** How values become a total. */
    public Aggregation aggregation() {
        return aggregation;
    }

    /** What a total costs, or so much of it where each event has a cost of its own. */
    public BigDecimal cost(BigDecimal quantity) {
        return quantity.signum() == 0 ? BigDecimal.ZERO : rate.costOfSome(quantity);
    }

    Rate rate() {
        return rate;
    }

    /** Whether each event costs so much, whatever else was used. */
    public boolean costsByItself() {
        return rate instanceof Rate.PerUnit && aggregation != LAST && aggregation != MAX;
    }

    /** Whether it is there at all. */
    public boolean exists() {
        return this != NOTHING;
    }

    /** Whether nobody but a wallet ever pays for it. */
    public boolean isAlwaysPrepaid() {
        return this != MINUTES && this != IMAGES && exists();
    }

    /** Whether its usage can be replaced, and not just voided. */
    public boolean canBeReplaced() {
        return aggregation != UNIQUE_COUNT;
    }

    /** Any value that its usage may have; of different texts each is a number, too. */
    BigDecimal anyValue(SplittableRandom random) {
        return switch (aggregation) {
            case COUNT -> BigDecimal.ONE;
            case UNIQUE_COUNT -> BigDecimal.valueOf(1 + random.nextInt(TEXTS));
            case SUM, LAST, MAX, UNKNOWN -> BigDecimal.valueOf(1 + random.nextInt(LARGEST), DECIMALS);
        };
    }
}
