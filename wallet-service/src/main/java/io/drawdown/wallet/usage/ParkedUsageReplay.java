package io.drawdown.wallet.usage;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.ledger.Ledger;
import io.drawdown.wallet.usage.ParkedUsage.Reason;
import io.drawdown.wallet.usage.ParkedUsageTable.Place;
import io.drawdown.wallet.usage.ParkedUsageTable.Stretch;
import io.drawdown.wire.deadletter.PassingFailure;
import io.drawdown.wire.deadletter.Transience;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tries parked usage again: what can be drawn down now leaves its table in the transaction that does so. An account whose
 * usage fails is in no other's way, and stays in its own order.
 */
@Component
class ParkedUsageReplay {

    private static final Logger log = LoggerFactory.getLogger(ParkedUsageReplay.class);

    private static final int ROWS_AT_ONCE = 1_000;

    private final Ledger ledger;
    private final Drawdowns drawdowns;
    private final ParkedUsageTable parkedUsage;
    private final Prospects prospects;
    private final ReplayedUsageTable replayedUsage;
    private final FailedAccounts failedAccounts;
    private final PassingFailure further;
    private final Clock clock;

    ParkedUsageReplay(
            Ledger ledger,
            Drawdowns drawdowns,
            ParkedUsageTable parkedUsage,
            Prospects prospects,
            ReplayedUsageTable replayedUsage,
            FailedAccounts failedAccounts,
            PassingFailure further,
            Clock clock) {
        this.ledger = ledger;
        this.drawdowns = drawdowns;
        this.parkedUsage = parkedUsage;
        this.prospects = prospects;
        this.replayedUsage = replayedUsage;
        this.failedAccounts = failedAccounts;
        this.further = further;
        this.clock = clock;
    }

    /**
     * Goes through all that is parked once. Safe to run at any time, also in several places at once.
     *
     * @return how much usage was drawn down, and how much stays parked
     */
    Result replay() {
        var failing = new HashSet<AccountId>();
        var total = Result.NOTHING;
        var found = parkedUsage.after(Place.START, ROWS_AT_ONCE);
        while (!found.isEmpty()) {
            var promising = prospects.of(found);
            total = total.plus(new Result(0, found.size() - promising.size()));
            total = total.plus(promising.isEmpty() ? Result.NOTHING : replay(promising, failing));
            found = parkedUsage.after(Place.of(found.getLast().usage()), ROWS_AT_ONCE);
        }
        failedAccounts.reload();
        return total;
    }

    /** All accounts at once, but for those that have failed: each of them by itself. */
    private Result replay(List<ParkedUsage> found, Set<AccountId> failing) {
        var stretch = Stretch.of(found);
        var alone = found.stream()
                .filter(parked -> parked.reason() == Reason.FAILED || failing.contains(accountOf(parked)))
                .map(ParkedUsageReplay::accountOf)
                .collect(toCollection(LinkedHashSet::new));
        var together = found.stream()
                .map(ParkedUsageReplay::accountOf)
                .filter(account -> !alone.contains(account))
                .collect(toCollection(LinkedHashSet::new));
        var result = Result.NOTHING;
        try {
            result = draw(found, together, failing);
        } catch (RuntimeException failure) {
            log.info("Parked usage of {} accounts is replayed one by one", together.size(), failure);
            alone.addAll(together);
        }
        for (var account : alone) {
            result =
                    result.plus(failing.contains(account) ? stays(found, account) : drawAlone(found, account, failing));
        }
        return result;
    }

    private Result drawAlone(List<ParkedUsage> found, AccountId account, Set<AccountId> failing) {
        try {
            return draw(found, Set.of(account), failing);
        } catch (RuntimeException failure) {
            if (Transience.isCauseOf(failure, further)) {
                throw failure;
            }
            failing.add(account);
            return fail(Stretch.of(found), account, failure);
        }
    }

    private Result draw(List<ParkedUsage> found, Set<AccountId> accounts, Set<AccountId> failing) {
        if (accounts.isEmpty()) {
            return Result.NOTHING;
        }
        var attempt = ledger.inTransaction(() -> {
            var locked = parkedUsage.lock(Stretch.of(found), accounts);
            var others = othersReplay(found, accounts, locked);
            return new Attempt(without(others, locked), others);
        });
        failing.addAll(attempt.others());
        return attempt.others().stream().map(account -> stays(found, account)).reduce(attempt.result(), Result::plus);
    }

    private Result without(Set<AccountId> others, List<ParkedUsage> locked) {
        return draw(locked.stream()
                .filter(parked -> !others.contains(accountOf(parked)))
                .toList());
    }

    /** @param others accounts that were left to somebody else */
    private record Attempt(Result result, Set<AccountId> others) {}

    /**
     * Accounts of which something is not here any more, or somebody else is replaying it just now: what follows must not be drawn down before
     * that, and waits for the next time.
     */
    private static Set<AccountId> othersReplay(
            List<ParkedUsage> found, Set<AccountId> accounts, List<ParkedUsage> locked) {
        var ours = locked.stream().map(parked -> Place.of(parked.usage())).collect(toSet());
        return found.stream()
                .filter(parked -> accounts.contains(accountOf(parked)) && !ours.contains(Place.of(parked.usage())))
                .map(ParkedUsageReplay::accountOf)
                .collect(toSet());
    }

    private Result draw(List<ParkedUsage> before) {
        var usage = before.stream().map(ParkedUsage::usage).toList();
        var replayed = new ReplayedUsage();
        var stillParked = drawdowns.drawDown(usage, replayed);
        replayedUsage.add(replayed.places(), clock.instant());
        var drawn = new HashSet<>(usage);
        stillParked.forEach(parked -> drawn.remove(parked.usage()));
        parkedUsage.remove(drawn);
        explainAnew(before, stillParked);
        return new Result(drawn.size(), stillParked.size());
    }

    /** Only where the reason has changed: most of what waits long waits for the same thing. */
    private boolean explainAnew(List<ParkedUsage> before, List<ParkedUsage> stillParked) {
        var known = new HashSet<>(before);
        var changed =
                stillParked.stream().filter(parked -> !known.contains(parked)).toList();
        parkedUsage.explain(changed);
        return !changed.isEmpty();
    }

    private Result fail(Stretch stretch, AccountId account, RuntimeException failure) {
        var result = ledger.inTransaction(() -> {
            var before = parkedUsage.lock(stretch, Set.of(account));
            var failed = before.stream()
                    .map(parked -> ParkedUsage.failed(parked.usage(), failure))
                    .toList();
            if (explainAnew(before, failed)) {
                log.warn("Parked usage of account {} cannot be recorded and stays parked", account, failure);
            }
            return new Result(0, before.size());
        });
        failedAccounts.add(account);
        return result;
    }

    private static Result stays(List<ParkedUsage> found, AccountId account) {
        return new Result(0, (int) found.stream()
                .filter(parked -> accountOf(parked).equals(account))
                .count());
    }

    private static AccountId accountOf(ParkedUsage parked) {
        return parked.usage().accountId();
    }

    /** How a replay went. */
    record Result(int drawnDown, int stillParked) {

        private static final Result NOTHING = new Result(0, 0);

        private Result plus(Result other) {
            return new Result(drawnDown + other.drawnDown, stillParked + other.stillParked);
        }
    }
}
