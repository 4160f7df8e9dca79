package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletCommand.DrawDown;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;

/** How credit is spent. */
final class Spending {

    private Spending() {}

    /** Draws all lines down in one event. */
    static void drawDown(Course course, DrawDown command) {
        if (command.lines().isEmpty()) {
            return;
        }
        var wallet = course.wallet();
        var total = Money.zero(wallet.currency());
        for (var line : command.lines()) {
            total = total.plus(line.amount());
        }
        var plan = DrawdownPlan.of(wallet.grants(), command.lines(), total, course.at());
        course.record(new UsageDrawnDown(
                course.header(),
                total,
                command.lines(),
                plan.allocations(),
                plan.overdraft(),
                wallet.settled().minus(total)));
    }
}
