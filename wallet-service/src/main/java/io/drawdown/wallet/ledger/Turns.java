package io.drawdown.wallet.ledger;

import io.drawdown.wallet.domain.AccountId;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.springframework.dao.CannotAcquireLockException;

/**
 * Lets requests in before they take a database connection: those about one account one after another in the order in which they
 * came, and of all accounts a limited number at once. One that waits for its wallet within a transaction holds a connection, and
 * enough of them would leave none for usage and the relay.
 */
final class Turns {

    /** Accounts share a turn by chance; so many that it hardly matters. */
    private static final int STRIPES = 1024;

    private final Semaphore[] accounts =
            IntStream.range(0, STRIPES).mapToObj(_ -> new Semaphore(1, true)).toArray(Semaphore[]::new);

    private final Semaphore places;
    private final Duration longestWait;

    /**
     * @param places requests that may be at work at once
     * @param longestWait for an account's turn, and for a place again
     */
    Turns(int places, Duration longestWait) {
        this.places = new Semaphore(places, true);
        this.longestWait = longestWait;
    }

    /**
     * Runs {@code work} when it is its turn.
     *
     * @throws CannotAcquireLockException if that took too long; nothing has been done then
     */
    <T> T take(AccountId account, Supplier<T> work) {
        var turn = accounts[Math.floorMod(account.hashCode(), STRIPES)];
        return within(turn, account, () -> within(places, account, work));
    }

    private <T> T within(Semaphore semaphore, AccountId account, Supplier<T> work) {
        acquire(semaphore, account);
        try {
            return work.get();
        } finally {
            semaphore.release();
        }
    }

    private void acquire(Semaphore semaphore, AccountId account) {
        try {
            if (semaphore.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new CannotAcquireLockException("Account " + account + " was not in turn within " + longestWait);
    }
}
