package io.drawdown.chaos.check;

import io.drawdown.events.wallet.CreditClawedBack;
import io.drawdown.events.wallet.CreditGivenBack;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** How credit goes back with the money that paid for it, and comes in again with it. */
final class ReversalRules {

    private final Findings findings;
    private final Balance balance;
    private final Consumption consumption;

    ReversalRules(Findings findings, Balance balance, Consumption consumption) {
        this.findings = findings;
        this.balance = balance;
        this.consumption = consumption;
    }

    /** First what is left of the grant and of what it rolled over into, then what was lost; the rest is owed. */
    void clawBack(CreditClawedBack clawed) {
        var origin = balance.credit(clawed.getGrantId()).origin();
        var lost = new BigDecimal(clawed.getLost());
        var credit = Amounts.of(clawed.getAmount()).add(lost);
        var plan = left(origin, credit);
        var beyond = credit.subtract(Amounts.sum(plan.values()));
        var expectedLost = beyond.min(origin.lostAndNotTaken());
        findings.expect("what of it had been lost", expectedLost, clawed.getLost());
        findings.expect("what is owed of it", beyond.subtract(expectedLost), clawed.getOverdraft());
        balance.burn(plan, Amounts.of(clawed.getAllocations()));
        balance.overdraw(new BigDecimal(clawed.getOverdraft()));
        origin.take(clawed.getReversalId(), credit, lost, new BigDecimal(clawed.getOverdraft()));
        balance.expectSettled(clawed.getSettledAfter());
    }

    private Map<String, BigDecimal> left(Origin origin, BigDecimal amount) {
        var plan = new LinkedHashMap<String, BigDecimal>();
        var open = amount;
        for (var credit : balance.unspent()) {
            if (credit.origin() == origin && open.signum() > 0) {
                var part = open.min(credit.left());
                plan.put(credit.id(), part);
                open = open.subtract(part);
            }
        }
        return plan;
    }

    /** What had been lost stays lost. */
    void giveBack(CreditGivenBack given) {
        var credit = balance.credit(given.getGrantId());
        var origin = credit.origin();
        var before = origin.takenBy(given.getReversalId());
        var amount = Amounts.of(given.getAmount());
        var lost = new BigDecimal(given.getLost());
        findings.expect(
                "what comes in again",
                amount.add(lost).min(before.worth()),
                given.getAmount().getAmount());
        findings.expect(
                "the overdraft that it repays",
                amount.min(balance.overdraft()).min(credit.isForSomeMetersOnly() ? before.owed() : amount),
                given.getOverdraftRepaid());
        findings.expect("its end", origin.endAnew(findings.at()), given.getExpiresAt());
        origin.giveBack(given.getReversalId(), amount, lost);
        var repaid = new BigDecimal(given.getOverdraftRepaid());
        origin.oweLess(
                repaid.subtract(repaid.min(before.owed()))); // Of other reversals: its own owes that less already.
        comeIn(credit, given, amount);
        balance.expectSettled(given.getSettledAfter());
    }

    private void comeIn(Credit credit, CreditGivenBack given, BigDecimal amount) {
        var repaid = new BigDecimal(given.getOverdraftRepaid());
        credit.giveBack(amount.subtract(repaid));
        consumption.repay(credit.id(), repaid);
        balance.overdraw(repaid.negate());
        if (amount.signum() > 0 && given.getExpiresAt() != null) {
            credit.endAt(given.getExpiresAt());
        }
    }
}
