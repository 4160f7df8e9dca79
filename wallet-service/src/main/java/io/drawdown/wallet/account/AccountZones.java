package io.drawdown.wallet.account;

import io.drawdown.events.crm.Account;
import io.drawdown.support.time.Zone;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wire.view.CompactedTopicView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The time zone of each account, as crm-service says. Safe for use by several threads. */
public final class AccountZones {

    private final CompactedTopicView<Account> accounts;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    AccountZones(CompactedTopicView<Account> accounts) {
        this.accounts = accounts;
        accounts.onChange((_, _) -> changed());
    }

    /** Empty while crm.accounts.v1 has not brought the account. */
    public Optional<Zone> of(AccountId account) {
        return Optional.ofNullable(accounts.get(account.value())).map(known -> Zone.of(known.getTimeZone()));
    }

    /** As {@link #of}, and waits for an account that may have been created just now. */
    public synchronized Optional<Zone> await(AccountId account, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (long left = patience.toNanos();
                    of(account).isEmpty() && left > 0;
                    left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return of(account);
    }

    /** Calls the listener after every change, from the thread that reads the accounts: it must return at once. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private void changed() {
        synchronized (this) {
            notifyAll();
        }
        listeners.forEach(Runnable::run);
    }
}
