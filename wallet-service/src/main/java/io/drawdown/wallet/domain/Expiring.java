package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletEvent.GrantExpired;
import io.drawdown.wallet.domain.WalletEvent.GrantRolledOver;
import java.time.Instant;

/** What becomes of what is left of a grant when it expires: some of it may go on as a grant of its own, the rest is lost. */
final class Expiring {

    private Expiring() {}

    /** @param end when it expires; what comes back to it later expires then */
    static void expire(Course course, Grant grant, Instant end, Instant due) {
        var rolling = course.wallet().ends().rollovers().get(grant.id());
        if (rolling != null) {
            rollOver(course, grant, rolling, end, due);
        }
        lose(course, grant.id(), due);
    }

    private static void rollOver(Course course, Grant grant, Rolling rolling, Instant end, Instant due) {
        var header = course.headerAt(due);
        var amount = rolling.of(grant.remaining());
        var until = rolling.rule().validFor().end(end, course.wallet().zone());
        if (amount.isPositive() && until.isAfter(header.recordedAt())) {
            var into = new Grant(
                    grant.id().rolledOver(header.sequence()),
                    amount,
                    grant.kind(),
                    grant.priority(),
                    end,
                    until,
                    grant.meterIds(),
                    header.recordedAt());
            course.record(new GrantRolledOver(
                    header,
                    grant.id(),
                    into,
                    rolling.costOf(amount),
                    course.wallet().settled()));
        }
    }

    private static void lose(Course course, GrantId id, Instant due) {
        var wallet = course.wallet();
        var left = wallet.remainingOf(id);
        if (left.isPositive()) {
            course.record(new GrantExpired(
                    course.headerAt(due), id, left, wallet.settled().minus(left)));
        }
    }
}
