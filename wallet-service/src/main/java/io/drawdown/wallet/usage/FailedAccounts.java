package io.drawdown.wallet.usage;

import io.drawdown.wallet.domain.AccountId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Accounts with usage that could not be recorded and is parked as {@code failed}: what follows of theirs is parked behind it, so
 * that they keep their order and nobody else waits.
 *
 * <p>The table is the truth; an instance asks it only about accounts that it suspects.
 */
@Component
class FailedAccounts implements MeterBinder {

    private final ParkedUsageTable parkedUsage;
    private final int most;
    /** Each with how often the table had been read when it was suspected last. */
    private final Map<AccountId, Long> suspects = new ConcurrentHashMap<>();

    private final AtomicLong readings = new AtomicLong();

    FailedAccounts(ParkedUsageTable parkedUsage, UsageProperties properties) {
        this.parkedUsage = parkedUsage;
        this.most = properties.mostFailedAccounts();
    }

    /** Those whom this usage belongs to, as the table says in the current transaction. */
    Set<AccountId> of(List<Usage> usage) {
        if (suspects.isEmpty()) {
            return Set.of();
        }
        var asked = usage.stream()
                .map(Usage::accountId)
                .filter(suspects::containsKey)
                .collect(Collectors.toSet());
        return asked.isEmpty() ? asked : parkedUsage.failedAmong(asked);
    }

    /** To be called after the commit of what makes an account one of these. */
    void add(AccountId account) {
        suspects.merge(account, readings.get(), Math::max);
    }

    /** So many that whatever is wrong is not about one account. */
    boolean areTooMany() {
        return suspects.size() >= most;
    }

    /** Learns what others have parked, or drawn down. Whoever has become one while the table was read stays one. */
    void reload() {
        long reading = readings.incrementAndGet();
        var recorded = parkedUsage.failedAccounts();
        recorded.forEach(account -> suspects.merge(account, reading, Math::max));
        suspects.values().removeIf(suspectedAt -> suspectedAt < reading);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("drawdown.wallet.usage.failed.accounts", suspects, Map::size)
                .description("Accounts whose usage cannot be recorded and is parked until the cause is mended")
                .register(registry);
    }
}
