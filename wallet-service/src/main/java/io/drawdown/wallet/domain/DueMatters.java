package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletEvent.OverdraftRepaid;
import java.time.Instant;

/** What happens to a wallet by the passing of time alone, each at its own instant and in the order of these. */
final class DueMatters {

    private DueMatters() {}

    /** Decides all that has become due by the instant of the decision. */
    static void settle(Course course) {
        var due = course.wallet().nextChangeAt();
        while (due != null && !due.isAfter(course.at())) {
            // A hold can give back what was due long ago: it is due now, and may have expired since it began.
            var instant = course.headerAt(due).recordedAt();
            timeOut(course, instant);
            Owing.repay(course, instant); // Before it is lost: nobody has used it.
            expire(course, instant); // After what comes back: of that, too, some may roll over and repay an overdraft.
            repayOverdraft(course, instant);
            due = course.wallet().nextChangeAt();
        }
    }

    private static void expire(Course course, Instant due) {
        for (var grant : course.wallet().grants()) {
            var end = grant.expiresAt();
            if (end != null && grant.hasExpiredAt(due)) {
                Expiring.expire(course, grant, end, due);
            }
        }
    }

    private static void timeOut(Course course, Instant due) {
        for (var hold : course.wallet().holds().open().values()) {
            if (hold.hasExpiredAt(due)) {
                Holding.release(course, hold, HoldEnd.TIMED_OUT, due);
            }
        }
    }

    /** Credit that has begun, or has come back from a hold, repays an overdraft before it is spent on anything else. */
    private static void repayOverdraft(Course course, Instant due) {
        var wallet = course.wallet();
        var header = course.headerAt(due);
        var plan = DrawdownPlan.forAnything(wallet.grants(), wallet.overdraft(), due);
        if (!plan.allocations().isEmpty()) {
            var repaid = wallet.overdraft().minus(plan.overdraft());
            course.record(new OverdraftRepaid(header, repaid, plan.allocations(), wallet.settled()));
        }
    }
}
