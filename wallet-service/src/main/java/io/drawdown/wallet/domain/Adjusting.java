package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletCommand.AdjustUsage;
import io.drawdown.wallet.domain.WalletEvent.UsageAdjusted;
import java.util.List;

/** How usage that was drawn down comes to count otherwise. */
final class Adjusting {

    private Adjusting() {}

    static void adjust(Course course, AdjustUsage command) {
        Decisions.requireCurrency(course.wallet(), command.amount());
        if (command.amount().isNegative()) {
            giveBack(course, command);
        } else {
            takeMore(course, command);
        }
    }

    private static void giveBack(Course course, AdjustUsage command) {
        var wallet = course.wallet();
        var burned = command.burned() == null
                ? wallet.consumption().burned(command.adjustment().period(wallet.zone()), Money.zero(wallet.currency()))
                : command.burned();
        var comeback = Comeback.of(command.amount().negated(), burned, wallet);
        record(course, command, comeback, new DrawdownPlan(List.of(), Money.zero(wallet.currency())));
    }

    private static void takeMore(Course course, AdjustUsage command) {
        var wallet = course.wallet();
        var burning = new Burning(wallet.grants(), course.at());
        var overdraft = burning.take(command.amount(), command.adjustment().meterId());
        var nothing = new Comeback(List.of(), List.of(), Money.zero(wallet.currency()));
        record(course, command, nothing, new DrawdownPlan(burning.allocations(), overdraft));
    }

    private static void record(Course course, AdjustUsage command, Comeback comeback, DrawdownPlan plan) {
        course.record(new UsageAdjusted(
                course.header(),
                command.adjustment(),
                command.amount(),
                comeback.returned(),
                comeback.repaid(),
                plan.allocations(),
                plan.overdraft().minus(comeback.overdraft()),
                course.wallet().settled().minus(command.amount())));
    }
}
