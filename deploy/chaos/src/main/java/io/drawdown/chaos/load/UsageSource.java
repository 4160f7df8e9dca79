package io.drawdown.chaos.load;

import io.drawdown.chaos.load.Sent.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;

/** Makes up usage: mostly new, some a repeat of what has been acknowledged, now and then for a meter that is not there. */
final class UsageSource {

    private static final List<String> METERS =
            List.copyOf(Catalogue.UNIT_PRICES.keySet()).stream().sorted().toList();

    private static final int ONE_IN_REPEATS = 10;
    private static final int ONE_IN_WORTHLESS = 60;
    private static final int QUANTITIES = 12_000;

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
        var meter = random.nextInt(ONE_IN_WORTHLESS) == 0 ? "chaos_nothing" : METERS.get(random.nextInt(METERS.size()));
        var quantity = BigDecimal.valueOf(1 + random.nextInt(QUANTITIES), 3);
        return new Usage(prefix + number++, accounts.any(random), meter, quantity);
    }

    static boolean isWorthless(Usage usage) {
        return !Catalogue.UNIT_PRICES.containsKey(usage.meter());
    }

    void acknowledged(Usage usage) {
        if (isWorthless(usage)) {
            sent.tookWorthless(usage);
        } else {
            sent.took(usage);
        }
        acknowledged.add(usage);
    }

    SplittableRandom random() {
        return random;
    }
}
