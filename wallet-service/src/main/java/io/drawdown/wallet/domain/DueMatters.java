package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletEvent.GrantExpired;
import io.drawdown.wallet.domain.WalletEvent.OverdraftRepaid;
import java.time.Instant;

/** What happens to a wallet by the passing of time alone, each at its own instant and in the order of these. */
final class DueMatters {

    private DueMatters() {}

    /** Decides all that has become due by the instant of the decision. */
    static void settle(Course course) {
        var due = course.wallet().nextDueAt();
        while (due != null && !due.isAfter(course.at())) {
            expire(course, due);
            repayOverdraft(course, due);
            due = course.wallet().nextDueAt();
        }
    }

    private static void expire(Course course, Instant due) {
        for (var grant : course.wallet().grants()) {
            if (grant.hasExpiredAt(due)) {
                var wallet = course.wallet();
                course.record(new GrantExpired(
                        course.headerAt(due),
                        grant.id(),
                        grant.remaining(),
                        wallet.settled().minus(grant.remaining())));
            }
        }
    }

    /** Credit that has begun repays an overdraft before it is spent on anything else. */
    private static void repayOverdraft(Course course, Instant due) {
        var wallet = course.wallet();
        var header = course.headerAt(due);
        var plan = DrawdownPlan.forAnything(wallet.grants(), wallet.overdraft(), header.recordedAt());
        if (!plan.allocations().isEmpty()) {
            var repaid = wallet.overdraft().minus(plan.overdraft());
            course.record(new OverdraftRepaid(header, repaid, plan.allocations(), wallet.settled()));
        }
    }
}
