package io.drawdown.chaos.load;

import static io.drawdown.chaos.load.ChaosMeter.CALLS;
import static io.drawdown.chaos.load.ChaosMeter.IMAGES;
import static io.drawdown.chaos.load.ChaosMeter.JOBS;
import static io.drawdown.chaos.load.ChaosMeter.LEVEL;
import static io.drawdown.chaos.load.ChaosMeter.MESSAGES;
import static io.drawdown.chaos.load.ChaosMeter.MINUTES;
import static io.drawdown.chaos.load.ChaosMeter.NOTHING;
import static io.drawdown.chaos.load.ChaosMeter.PEAK;
import static io.drawdown.chaos.load.ChaosMeter.STORAGE;
import static io.drawdown.chaos.load.ChaosMeter.TOKENS;
import static io.drawdown.chaos.load.ChaosMeter.TRAFFIC;
import static io.drawdown.chaos.load.ChaosMeter.VISITORS;

import io.drawdown.chaos.load.Sent.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes up usage: mostly new, some a repeat of what has been acknowledged, now and then what must be refused, for a meter that is
 * not there or of less than nothing.
 */
final class UsageSource {

    /** As often as they come up. */
    private static final List<ChaosMeter> METERS = List.of(
            CALLS, CALLS, CALLS, CALLS, TOKENS, TOKENS, TOKENS, STORAGE, MINUTES, IMAGES, MESSAGES, JOBS, JOBS, TRAFFIC,
            TRAFFIC, PEAK, LEVEL, VISITORS);

    private static final int ONE_IN_REPEATS = 10;
    /** Of each kind. */
    private static final int ONE_IN_WORTHLESS = 60;

    private final Accounts accounts;
    private final Sent sent;
    private final String prefix;
    private final SplittableRandom random;
    private final Acknowledged acknowledged;
    private long number;

    /** @param prefix of its ids, so that no two sources make the same */
    UsageSource(Accounts accounts, Sent sent, Acknowledged acknowledged, String prefix, SplittableRandom random) {
        this.accounts = accounts;
        this.sent = sent;
        this.acknowledged = acknowledged;
        this.prefix = prefix;
        this.random = random;
    }

    Usage next() {
        var repeated = random.nextInt(ONE_IN_REPEATS) == 0 ? acknowledged.any(random) : null;
        if (repeated != null) {
            sent.repeated();
            return repeated;
        }
        return fresh();
    }

    private Usage fresh() {
        return switch (random.nextInt(ONE_IN_WORTHLESS)) {
            case 0 -> fresh(NOTHING, NOTHING.anyValue(random));
            case 1 -> fresh(CALLS, CALLS.anyValue(random).negate());
            default -> {
                var meter = METERS.get(random.nextInt(METERS.size()));
                yield fresh(meter, meter.anyValue(random));
            }
        };
    }

    private Usage fresh(ChaosMeter meter, BigDecimal quantity) {
        return new Usage(prefix + number++, accounts.any(random), meter, quantity);
    }

    void acknowledged(Usage usage) {
        if (usage.refusal() == null) {
            sent.took(usage);
        } else {
            sent.tookWorthless(usage);
        }
        acknowledged.add(usage);
    }

    SplittableRandom random() {
        return random;
    }
}
