package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletCommand.DrawDown;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How credit is spent. */
final class Spending {

    private Spending() {}

    /** Draws all lines down in one event, but for what is to be paid in arrears. */
    static void drawDown(Course course, DrawDown command) {
        Closing.requireNotClosed(course.wallet());
        if (course.wallet().settlements().areAllPrepaid()) {
            drawDown(course, command.lines(), command.position());
        } else {
            var sorted = Settling.sort(course, command.lines());
            drawDown(course, sorted.prepaid(), command.position());
            sorted.leave(course, command.position());
        }
    }

    private static void drawDown(Course course, List<UsageLine> lines, @Nullable SourceRange position) {
        if (lines.isEmpty()) {
            return;
        }
        var wallet = course.wallet();
        var total = Money.zero(wallet.currency());
        for (var line : lines) {
            total = total.plus(line.amount());
        }
        var plan = DrawdownPlan.of(wallet.grants(), lines, total, course.at());
        course.record(new UsageDrawnDown(
                course.header(),
                total,
                lines,
                plan.allocations(),
                plan.overdraft(),
                wallet.settled().minus(total),
                position));
    }
}
