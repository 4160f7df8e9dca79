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
    private final FailurePublisher failures;
    private final RefreshQueue refreshes;
    private final TransactionTemplate transaction;
    private final BackOff backOff;
    private final Clock clock;

    ReplenishmentWorker(
            Replenishments replenishments,
            Planning planning,
            Charging charging,
            FailurePublisher failures,
            RefreshQueue refreshes,
            TransactionTemplate transaction,
            SyncProperties properties,
            Clock clock) {
        this.replenishments = replenishments;
        this.planning = planning;
        this.charging = charging;
        this.failures = failures;
        this.refreshes = refreshes;
        this.transaction = transaction;
        this.backOff = properties.backOff();
        this.clock = clock;
    }

    /** Takes one step of one replenishment; its row is held meanwhile, so nobody else takes it. */
    boolean stepNext() {
        var due =
                transaction.execute(_ -> replenishments.lockDue(clock.instant()).map(this::step));
        return due != null && due.isPresent();
    }

    private boolean step(StoredReplenishment stored) {
        var before = stored.replenishment();
        try {
            save(before.stage() == Stage.REQUESTED ? planning.plan(before) : charging.advance(before));
        } catch (StripeFailure e) {
            postpone(stored, e);
        }
        return true;
    }

    private void save(Progress progress) {
        var state = progress.state();
        var now = clock.instant();
        replenishments.save(state, now, state.stage().isFinal() ? null : now.plus(progress.pause()), 0, null);
        tellOthers(state);
    }

    private void tellOthers(Replenishment state) {
        if (state.stage() == Stage.FAILED) {
            failures.publish(state);
        }
        if (state.stage().isFinal() && state.invoiceId() != null) {
            refreshes.request(new ObjectRef(ObjectKind.INVOICE, state.invoiceId()));
        }
    }

    /** What was decided before the failed call is decided again from a fresh look, so only the key may change. */
    private void postpone(StoredReplenishment stored, StripeFailure failure) {
        var attempts = stored.attempts() + 1;
        var now = clock.instant();
        var before = stored.replenishment();
        var after = isStuckKey(failure) ? before.withFreshKeys() : before;
        replenishments.save(after, now, now.plus(backOff.after(attempts)), attempts, failure.getMessage());
        log.warn(
                "Replenishment {} is tried again later, having failed {} times: {}",
                before.replenishmentId(),
                attempts,
                failure.getMessage());
    }

    private static boolean isStuckKey(StripeFailure failure) {
        return failure instanceof StripeFailure.OutcomeUnknown unknown && unknown.isReplayed();
    }
}
