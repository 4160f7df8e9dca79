package io.drawdown.wallet.ledger;

import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.store.ClockAgreement;
import io.drawdown.wire.EventHeaders;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.axonframework.common.lock.DeadlockException;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.CannotCreateTransactionException;

/** Runs work on wallets in one unit of work and one database transaction. */
public final class Ledger {

    private static final Logger log = LoggerFactory.getLogger(Ledger.class);
    private static final int ATTEMPTS = 8;

    /** Work that takes longer and loses its connection may have done so by the transaction timeout, and would so again. */
    private static final Duration QUICK = Duration.ofMillis(500);

    private final TransactionManager transactions;
    private final ClockAgreement clocks;
    private final Turns turns;

    Ledger(TransactionManager transactions, ClockAgreement clocks, Turns turns) {
        this.transactions = transactions;
        this.clocks = clocks;
        this.turns = turns;
    }

    /**
     * Runs {@code work} and commits all that it recorded, or nothing.
     *
     * <p>When another process has written one of the wallets meanwhile, or the database broke off what another attempt may
     * well finish (a deadlock, a connection that was lost soon), the work is run again from the start on what is recorded now, at most
     * eight times: it must have no effect beyond the database and these wallets, and none when it is repeated after a
     * commit whose answer was lost. Database writes of the work join the transaction.
     *
     * @throws ConcurrencyException if others were faster each time
     */
    public <T> T inTransaction(Supplier<T> work) {
        return inTransaction(null, work);
    }

    /**
     * As above, on behalf of a request.
     *
     * @param traceparent W3C trace context that the recorded events shall carry; null when there is none
     */
    public <T> T inTransaction(@Nullable String traceparent, Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            long begun = System.nanoTime();
            try {
                return once(traceparent, work);
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || !isWorthAnotherAttempt(e, System.nanoTime() - begun)) {
                    throw e;
                }
                log.info("Attempt {} broke off and runs again on what is recorded now: {}", attempt, e.toString());
            }
        }
    }

    /**
     * As above, after the requests about this account that came before: for whoever may come in any number at once.
     *
     * @param account whose wallets the work changes
     * @throws org.springframework.dao.CannotAcquireLockException if they took too long
     */
    public <T> T inTurn(AccountId account, @Nullable String traceparent, Supplier<T> work) {
        return turns.take(account, () -> inTransaction(traceparent, work));
    }

    private static boolean isWorthAnotherAttempt(RuntimeException failure, long nanos) {
        return switch (failure) {
            case ConcurrencyException _, AggregateStreamCreationException _, DeadlockException _ -> true;
            // The pool has waited for a connection already.
            case CannotCreateTransactionException _ -> false;
            default -> BrokenOff.isByAnother(failure) || BrokenOff.isCauseOf(failure) && nanos < QUICK.toNanos();
        };
    }

    private <T> T once(@Nullable String traceparent, Supplier<T> work) {
        clocks.require();
        var unit = DefaultUnitOfWork.startAndGet(null);
        if (traceparent != null) {
            unit.registerCorrelationDataProvider(_ -> Map.of(EventHeaders.TRACEPARENT, traceparent));
        }
        try {
            var transaction = transactions.startTransaction();
            unit.onCommit(_ -> transaction.commit());
            unit.onRollback(_ -> transaction.rollback());
            return committed(unit, transaction, work);
        } catch (RuntimeException | Error e) {
            if (unit.isActive()) {
                unit.rollback(e);
            }
            throw e;
        }
    }

    /** A unit that has begun to commit rolls back for an exception only: an error would leave its transaction to the thread's next work. */
    private static <T> T committed(UnitOfWork<?> unit, Transaction transaction, Supplier<T> work) {
        try {
            var result = work.get();
            unit.commit();
            return result;
        } catch (Error e) {
            if (!unit.isActive()) {
                transaction.rollback();
            }
            throw e;
        }
    }
}
