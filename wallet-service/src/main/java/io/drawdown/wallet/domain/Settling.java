package io.drawdown.wallet.domain;

import io.drawdown.wallet.domain.WalletCommand.AdjustArrears;
import io.drawdown.wallet.domain.WalletCommand.ChangeSettlement;
import io.drawdown.wallet.domain.WalletCommand.LeaveToArrears;
import io.drawdown.wallet.domain.WalletEvent.ArrearsAdjusted;
import io.drawdown.wallet.domain.WalletEvent.SettlementChanged;
import io.drawdown.wallet.domain.WalletEvent.UsageLeftToArrears;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which usage the wallet pays for, and which it leaves to meters in Stripe. */
final class Settling {

    private Settling() {}

    static void change(Course course, ChangeSettlement command) {
        if (course.wallet().settlements().of(command.meterId()) != command.mode()) {
            Closing.requireNotClosed(course.wallet());
            course.record(new SettlementChanged(course.header(), command.meterId(), command.mode()));
        }
    }

    /** Leaves usage without a price of ours; all of it must be of meters that settle in arrears. */
    static void leave(Course course, LeaveToArrears command) {
        Closing.requireNotClosed(course.wallet());
        for (var line : command.lines()) {
            if (course.wallet().settlements().of(line.meterId()) != Settlement.ARREARS) {
                throw new WalletRejection.NotInArrears(course.wallet(), line.meterId());
            }
        }
        leave(course, Settlement.ARREARS, command.lines(), command.position());
    }

    private static void leave(Course course, Settlement mode, List<LeftUsage> lines, @Nullable SourceRange position) {
        if (!lines.isEmpty()) {
            course.record(new UsageLeftToArrears(course.header(), mode, List.copyOf(lines), position));
        }
    }

    static void adjust(Course course, AdjustArrears command) {
        course.record(new ArrearsAdjusted(course.header(), command.adjustment()));
    }

    /**
     * Sorts rated usage, line after line: what the wallet pays for, and what it leaves. A line that is prepaid first stays
     * with the wallet only if the grants cover all of it after the lines before it.
     */
    static Sorted sort(Course course, List<UsageLine> lines) {
        var wallet = course.wallet();
        var sorted = new Sorted(new ArrayList<>(lines.size()), new ArrayList<>(), new ArrayList<>());
        var burning = new Burning(wallet.grants(), course.at());
        for (var line : lines) {
            sorted.add(line, wallet.settlements().of(line.meterId()), burning);
        }
        return sorted;
    }

    /** Lines by who pays for them, each in the order given. */
    record Sorted(List<UsageLine> prepaid, List<LeftUsage> inArrears, List<LeftUsage> uncovered) {

        private void add(UsageLine line, Settlement mode, Burning burning) {
            if (mode == Settlement.ARREARS) {
                inArrears.add(LeftUsage.of(line));
            } else if (mode == Settlement.PREPAID || burning.covers(line.amount(), line.meterId())) {
                burning.take(line.amount(), line.meterId());
                prepaid.add(line);
            } else {
                uncovered.add(LeftUsage.of(line));
            }
        }

        void leave(Course course, @Nullable SourceRange position) {
            Settling.leave(course, Settlement.ARREARS, inArrears, position);
            Settling.leave(course, Settlement.PREPAID_THEN_ARREARS, uncovered, position);
        }
    }
}
