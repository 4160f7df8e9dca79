package io.drawdown.billing.replenishment;

import io.drawdown.billing.domain.BackOff;
import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.domain.ObjectRef;
import io.drawdown.billing.domain.Replenishment;
import io.drawdown.billing.domain.Stage;
import io.drawdown.billing.domain.StripeFailure;
import io.drawdown.billing.mirror.RefreshQueue;
import io.drawdown.billing.settings.SyncProperties;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Brings replenishments forward, a step and a transaction at a time. */
@Component
class ReplenishmentWorker {

    private static final Logger log = LoggerFactory.getLogger(ReplenishmentWorker.class);

    private final Replenishments replenishments;
    private final Planning planning;
    private final Charging charging;
    private final OutcomePublisher outcomes;
    private final RefreshQueue refreshes;
    private final TransactionTemplate transaction;
    private final BackOff backOff;
    private final Clock clock;

    ReplenishmentWorker(
            Replenishments replenishments,
            Planning planning,
            Charging charging,
            OutcomePublisher outcomes,
            RefreshQueue refreshes,
            TransactionTemplate transaction,
            SyncProperties properties,
            Clock clock) {
        this.replenishments = replenishments;
        this.planning = planning;
        this.charging = charging;
        this.outcomes = outcomes;
        this.refreshes = refreshes;
        this.transaction = transaction;
        this.backOff = properties.backOff();
        this.clock = clock;
    }

    /** Takes one step of one replenishment; its row is held meanwhile, so nobody else takes it. */
    boolean stepNext() {
        var taken = new AtomicReference<@Nullable StoredReplenishment>();
        try {
            transaction.executeWithoutResult(
                    _ -> replenishments.lockDue(clock.instant()).ifPresent(stored -> {
                        taken.set(stored);
                        step(stored);
                    }));
        } catch (RuntimeException e) {
            postponeUnexpected(taken.get(), e);
        }
        return taken.get() != null;
    }

    /** The step was rolled back; unless it waits now, it would be the first in the queue for ever. */
    private void postponeUnexpected(@Nullable StoredReplenishment stored, RuntimeException cause) {
        if (stored == null) {
            throw cause;
        }
        log.warn(
                "Replenishment {} is tried again later; its step failed in a way that nobody foresaw.",
                stored.replenishment().replenishmentId(),
                cause);
        var now = clock.instant();
        var next = now.plus(backOff.after(stored.attempts() + 1));
        transaction.executeWithoutResult(_ -> replenishments.postpone(stored, now, next, cause.toString()));
    }

    private void step(StoredReplenishment stored) {
        var before = stored.replenishment();
        try {
            save(stored, before.stage() == Stage.REQUESTED ? planning.plan(stored) : charging.advance(before));
        } catch (StripeFailure e) {
            postpone(stored, e);
        }
    }

    private void save(StoredReplenishment stored, Progress progress) {
        var state = progress.state();
        var now = clock.instant();
        var next = state.stage().isFinal() ? null : now.plus(progress.pause());
        replenishments.save(state, now, next, 0, progress.obstacle());
        tellOnce(stored, progress.obstacle());
        tellOthers(stored.replenishment(), state);
    }

    private static void tellOnce(StoredReplenishment stored, @Nullable String obstacle) {
        if (obstacle != null && !obstacle.equals(stored.lastError())) {
            log.warn("Replenishment {} waits. {}", stored.replenishment().replenishmentId(), obstacle);
        }
    }

    private void tellOthers(Replenishment before, Replenishment state) {
        if (state.stage() == Stage.FAILED) {
            outcomes.publishFailure(state);
        }
        if (before.customerWait() == null && state.customerWait() != null) {
            outcomes.publishWait(state);
        }
        if (state.stage() == Stage.PAID && state.customerWait() != null) {
            outcomes.publishEndOfWait(state);
        }
        if (state.stage().isFinal() && state.invoiceId() != null) {
            // The credit of what was paid comes with its invoice, and a customer waits for it.
            refreshes.request(new ObjectRef(ObjectKind.INVOICE, state.invoiceId()), state.stage() == Stage.PAID);
        }
    }

    /** What was decided before the failed call is decided again from a fresh look, so only the key may change. */
    private void postpone(StoredReplenishment stored, StripeFailure failure) {
        var attempts = stored.attempts() + 1;
        var now = clock.instant();
        var before = stored.replenishment();
        var after = isStuckKey(before, failure) ? before.withFreshKeys() : before;
        replenishments.save(after, now, now.plus(backOff.after(attempts)), attempts, failure.getMessage());
        log.warn(
                "Replenishment {} is tried again later, having failed {} times: {}",
                before.replenishmentId(),
                attempts,
                failure.getMessage());
    }

    /** Once given up, nothing is created any more: another key for a refused voiding can do no harm. */
    private static boolean isStuckKey(Replenishment before, StripeFailure failure) {
        if (before.isGivenUp() && failure instanceof StripeFailure.Refused) {
            return true;
        }
        return failure instanceof StripeFailure.OutcomeUnknown unknown && unknown.isReplayed();
    }
}
