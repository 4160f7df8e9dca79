package io.drawdown.wallet.ledger;

import io.drawdown.wallet.domain.BackOff;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.ledger.DueWallets.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wallets whose due matters could not be settled, and from when on each may be tried again: after a second, and twice as
 * long after each further failure, up to five minutes. The log has a stack trace once for each wallet and cause.
 *
 * <p>For one thread; any other may count.
 */
final class FailingWallets {

    private static final Logger log = LoggerFactory.getLogger(FailingWallets.class);
    private static final BackOff BACK_OFF = new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    private final Map<WalletId, Failure> failures = new ConcurrentHashMap<>();

    /** How many failed when they were tried last. */
    int count() {
        return failures.size();
    }

    /** Whether it is too early to try this one again. */
    boolean rests(WalletId id, Instant now) {
        var failure = failures.get(id);
        return failure != null && now.isBefore(failure.again());
    }

    void failed(Due due, Instant now, Throwable reason) {
        var last = failures.get(due.walletId());
        int tries = last == null ? 1 : last.tries() + 1;
        var failure = new Failure(reason.toString(), tries, now.plus(BACK_OFF.after(tries)));
        failures.put(due.walletId(), failure);
        if (last == null || !last.cause().equals(failure.cause())) {
            log.warn(
                    "What is due in {} since {} is not settled and is tried again, at {} next",
                    due.walletId(),
                    due.at(),
                    failure.again(),
                    reason);
        } else {
            log.warn(
                    "What is due in {} since {} is not settled, {} times now and for the same reason; at {} next",
                    due.walletId(),
                    due.at(),
                    tries,
                    failure.again());
        }
    }

    void settled(WalletId id) {
        if (failures.remove(id) != null) {
            log.info("What was due in {} is settled at last", id);
        }
    }

    /** The wallets that have failed, to find out which are no longer due. */
    Set<WalletId> ids() {
        return new HashSet<>(failures.keySet());
    }

    /** Forgets wallets that somebody else has settled. */
    void forget(Set<WalletId> ids) {
        failures.keySet().removeAll(ids);
    }

    /** @param tries in a row, whatever the causes */
    private record Failure(String cause, int tries, Instant again) {}
}
