package io.drawdown.chaos.check;

import io.drawdown.events.wallet.HoldCaptured;
import io.drawdown.events.wallet.HoldEnd;
import io.drawdown.events.wallet.HoldPlaced;
import io.drawdown.events.wallet.HoldReleased;
import java.math.BigDecimal;

/** How credit is held, captured and released. */
final class HoldRules {

    private final Findings findings;
    private final Balance balance;

    HoldRules(Findings findings, Balance balance) {
        this.findings = findings;
        this.balance = balance;
    }

    void hold(HoldPlaced placed) {
        var amount = Amounts.of(placed.getAmount());
        var holdable = balance.holdable(placed.getMeterId());
        if (amount.compareTo(holdable) > 0) {
            findings.violate("holds " + amount + " of the " + holdable + " that there is");
        }
        var plan = balance.plan(amount, placed.getMeterId());
        balance.burn(plan.taken(), Amounts.of(placed.getAllocations()));
        findings.expect("what it holds of the overdraft limit", plan.uncovered(), placed.getOverdraft());
        balance.hold(placed);
        balance.expectSettled(placed.getSettledAfter());
    }

    void capture(HoldCaptured captured) {
        var held = balance.held(captured.getHoldId());
        var amount = Amounts.of(captured.getAmount());
        var plan = held.plan(amount);
        if (amount.compareTo(held.amount()) > 0 || !Amounts.equal(plan, Amounts.of(captured.getAllocations()))) {
            findings.violate("captures " + captured.getAllocations() + " of a hold of " + held.lots());
        }
        findings.expect(
                "the overdraft it leaves", amount.subtract(Amounts.sum(plan.values())), captured.getOverdraft());
        held.take(Amounts.of(captured.getAllocations()), new BigDecimal(captured.getOverdraft()));
        balance.overdraw(new BigDecimal(captured.getOverdraft()));
        if (held.amount().signum() == 0) {
            balance.forgetHold(captured.getHoldId());
        }
        balance.expectSettled(captured.getSettledAfter());
    }

    void release(HoldReleased released) {
        var held = balance.held(released.getHoldId());
        if (released.getEnd() == HoldEnd.TIMED_OUT && held.expiresAt().isAfter(findings.at())) {
            findings.violate("releases " + released.getHoldId() + " before its time");
        }
        findings.expect("what is released", held.amount(), released.getAmount().getAmount());
        held.lots().forEach((grant, amount) -> balance.credit(grant).giveBack(amount));
        balance.forgetHold(released.getHoldId());
        balance.expectSettled(released.getSettledAfter());
    }
}
