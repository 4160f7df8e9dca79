package io.drawdown.wallet.usage;

import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.DrawnUsage;
import io.drawdown.wallet.domain.UsageInArrears;
import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletEvent.UsageAdjusted;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import io.drawdown.wallet.domain.WalletEvent.UsageLeftToArrears;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.ledger.WalletHistory;
import io.drawdown.wallet.ledger.Wallets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The way from a usage event to the entries of the ledger that it brought about. */
@Component
public class UsageEntries {

    private static final String QUERY_CANCELLED = "57014";

    /** Each may take seconds, with one of the pool's connections: usage and the relay need theirs. */
    private static final int SEARCHES_AT_ONCE = 4;

    private final Semaphore places = new Semaphore(SEARCHES_AT_ONCE, true);

    private final Wallets wallets;
    private final WalletHistory history;
    private final UsageMentions mentions;
    private final DrawnUsages drawnUsages;
    private final LeftUsages leftUsages;
    private final ParkedUsageTable parkedUsage;
    private final TransactionTemplate search;
    private final Duration limit;
    private final JdbcClient jdbc;

    UsageEntries(
            Wallets wallets,
            WalletHistory history,
            UsageMentions mentions,
            DrawnUsages drawnUsages,
            LeftUsages leftUsages,
            ParkedUsageTable parkedUsage,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            UsageProperties properties) {
        this.wallets = wallets;
        this.history = history;
        this.mentions = mentions;
        this.drawnUsages = drawnUsages;
        this.leftUsages = leftUsages;
        this.parkedUsage = parkedUsage;
        this.jdbc = jdbc;
        this.search = new TransactionTemplate(transactions);
        this.limit = properties.searchLimit();
    }

    /** Usage in the ledger: its entries in order, and how it counts now. */
    public sealed interface Found {

        WalletId walletId();

        List<WalletEvent> entries();

        /** The wallet pays for it. */
        record Drawn(WalletId walletId, List<WalletEvent> entries, DrawnUsage usage) implements Found {}

        /** A meter in Stripe bills it. */
        record Left(WalletId walletId, List<WalletEvent> entries, UsageInArrears usage) implements Found {}
    }

    /**
     * Looks through all wallets of an account.
     *
     * @param since the usage was recorded then or later
     * @return empty if none has it
     * @throws TooMuchToSearch if that cannot be done in time
     * @throws CannotAcquireLockException if as many searches as may be at work at once took that long
     */
    public Optional<Found> find(AccountId account, UsageName usage, Instant since) {
        enter();
        try {
            return findNow(account, usage, since);
        } finally {
            places.release();
        }
    }

    private void enter() {
        try {
            if (places.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new CannotAcquireLockException("So many look for usage that there was no place within " + limit);
    }

    private Optional<Found> findNow(AccountId account, UsageName usage, Instant since) {
        try {
            return Objects.requireNonNull(search.execute(_ -> findInTime(account, usage, since)));
        } catch (RuntimeException e) {
            throw wasTooLong(e) ? new TooMuchToSearch(e) : e;
        }
    }

    /** Whoever asks the database meanwhile: here, or the event store on behalf of a wallet. */
    private static boolean wasTooLong(RuntimeException failure) {
        return NestedExceptionUtils.getMostSpecificCause(failure) instanceof SQLException sql
                && QUERY_CANCELLED.equals(sql.getSQLState());
    }

    private Optional<Found> findInTime(AccountId account, UsageName usage, Instant since) {
        jdbc.sql("select set_config('statement_timeout', ?, true)")
                .params(Long.toString(limit.toMillis()))
                .query(String.class)
                .single();
        return wallets.ofAccount(account).stream()
                .flatMap(walletId -> find(walletId, usage, since).stream())
                .findFirst();
    }

    /** An account's wallets have recorded more than can be looked through. */
    public static final class TooMuchToSearch extends RuntimeException {

        private TooMuchToSearch(RuntimeException timedOut) {
            super(timedOut);
        }
    }

    private Optional<Found> find(WalletId walletId, UsageName usage, Instant since) {
        var entries = mentions.from(walletId, history.lastBefore(walletId, since) + 1, usage);
        return entries.isEmpty() ? Optional.empty() : found(walletId, entries, usage);
    }

    private Optional<Found> found(WalletId walletId, List<WalletEvent> entries, UsageName usage) {
        return switch (entries.getFirst()) {
            case UsageLeftToArrears left -> Optional.of(new Found.Left(walletId, entries, leftUsages.of(left, usage)));
            case UsageDrawnDown drawn -> Optional.of(new Found.Drawn(walletId, entries, drawnUsages.of(drawn, usage)));
            case UsageAdjusted adjusted
            when adjusted.adjustment().correction() == null ->
                Optional.of(new Found.Drawn(walletId, entries, drawnUsages.of(adjusted, usage)));
            default -> Optional.empty(); // It came before, and only its corrections since.
        };
    }

    /** Why usage has no entry yet; empty if it is not parked. */
    public Optional<String> parkedFor(AccountId account, UsageName usage) {
        return parkedUsage.reasonOf(account, usage);
    }
}
