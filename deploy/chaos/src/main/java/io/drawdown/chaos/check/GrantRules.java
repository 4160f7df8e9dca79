package io.drawdown.chaos.check;

import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantExpired;
import io.drawdown.events.wallet.GrantForfeited;
import io.drawdown.events.wallet.GrantRolledOver;
import io.drawdown.events.wallet.GrantVoided;
import io.drawdown.events.wallet.OverdraftRepaid;
import java.math.BigDecimal;
import java.util.Map;

/** How credit comes in, ends, goes on and repays an overdraft. */
final class GrantRules {

    private final Findings findings;
    private final Balance balance;
    private final Consumption consumption;
    private final LocalClock clock;

    GrantRules(Findings findings, Balance balance, Consumption consumption, LocalClock clock) {
        this.findings = findings;
        this.balance = balance;
        this.consumption = consumption;
        this.clock = clock;
    }

    void grant(CreditGranted granted) {
        var repays =
                granted.getMeterIds().isEmpty() && !granted.getEffectiveAt().isAfter(findings.at());
        var due = repays ? balance.overdraft().min(Amounts.of(granted.getAmount())) : BigDecimal.ZERO;
        var repaid = new BigDecimal(granted.getOverdraftRepaid());
        findings.expect("the overdraft that it repays", due, granted.getOverdraftRepaid());
        balance.overdraw(repaid.negate());
        balance.add(Credit.of(granted));
        consumption.repay(granted.getGrantId(), repaid);
        balance.expectSettled(granted.getSettledAfter());
    }

    void rollOver(GrantRolledOver rolled) {
        var credit = balance.credit(rolled.getGrantId());
        var amount = Amounts.of(rolled.getAmount());
        expectEnded(credit);
        if (credit.isOriginal()) {
            expectToGoOn(credit, rolled);
        } else {
            findings.violate("rolls " + credit.id() + " over once more");
        }
        credit.take(amount);
        credit.origin().rollOver(amount, findings.sequence());
        balance.add(credit.rolledOver(rolled));
        balance.expectSettled(rolled.getSettledAfter());
    }

    private void expectToGoOn(Credit credit, GrantRolledOver rolled) {
        var origin = credit.origin();
        var end = credit.endsAt();
        findings.expect(
                "what goes on", origin.goesOn(credit.left()), rolled.getAmount().getAmount());
        findings.expect(
                "what was paid for that",
                origin.costOf(Amounts.of(rolled.getAmount())),
                rolled.getCostBasis().getAmount());
        findings.expect(
                "its terms",
                new Credit.Terms(
                        credit.terms().kind(),
                        credit.terms().priority(),
                        end == null ? findings.at() : end,
                        findings.at(),
                        credit.terms().meterIds()),
                credit.rolledOver(rolled).terms());
        findings.expect("its end", end == null ? null : origin.goesOnUntil(end, clock), rolled.getExpiresAt());
    }

    void expire(GrantExpired expired) {
        var credit = balance.credit(expired.getGrantId());
        expectEnded(credit);
        if (credit.isOriginal() && shouldHaveGoneOn(credit)) {
            findings.violate("loses what is left of " + credit.id() + ", of which some was to roll over");
        }
        if (balance.overdraft().signum() > 0 && credit.origin().owed().signum() > 0) {
            findings.violate("loses what is left of " + credit.id() + ", of which some is owed");
        }
        lose(credit, expired.getAmount().getAmount(), "what expires");
        balance.expectSettled(expired.getSettledAfter());
    }

    private boolean shouldHaveGoneOn(Credit credit) {
        var origin = credit.origin();
        var end = credit.endsAt();
        var until = end == null ? null : origin.goesOnUntil(end, clock);
        return until != null
                && until.isAfter(findings.at())
                && origin.goesOn(credit.left()).signum() > 0
                && !origin.hasRolledOverAt(findings.sequence() - 1);
    }

    private void expectEnded(Credit credit) {
        if (!credit.hasEndedAt(findings.at())) {
            findings.violate("lets " + credit.id() + " expire before its time");
        }
    }

    void takeBack(GrantVoided voided) {
        var credit = balance.credit(voided.getGrantId());
        lose(credit, voided.getAmount().getAmount(), "what is taken back");
        credit.endAt(findings.at());
        credit.origin().stopRollingOver();
        balance.expectSettled(voided.getSettledAfter());
    }

    void forfeit(GrantForfeited forfeited) {
        lose(balance.credit(forfeited.getGrantId()), forfeited.getAmount().getAmount(), "what is forfeited");
        balance.expectSettled(forfeited.getSettledAfter());
    }

    private void lose(Credit credit, String amount, String what) {
        findings.expect(what, credit.left(), amount);
        credit.take(new BigDecimal(amount));
        credit.origin().lose(new BigDecimal(amount));
    }

    void repay(OverdraftRepaid repaid) {
        var amount = Amounts.of(repaid.getAmount());
        var allocations = Amounts.of(repaid.getAllocations());
        var ownOnly = allocations.keySet().stream()
                .map(balance::credit)
                .filter(credit -> credit.repaysItsOwnOnly(findings.at()))
                .findAny();
        if (ownOnly.isPresent()) {
            repayItsOwn(ownOnly.get(), allocations);
        } else {
            balance.burn(balance.plan(amount, null).taken(), allocations);
            allocations.forEach(this::repayAnything);
        }
        balance.overdraw(amount.negate());
        balance.expectSettled(repaid.getSettledAfter());
    }

    /** What it owes of itself counts first. */
    private void repayAnything(String grantId, BigDecimal amount) {
        consumption.repay(grantId, amount);
        balance.credit(grantId).origin().oweLess(amount);
    }

    /** What has come back too late to be spent, or may not be spent on everything, repays what reversals have left owed of it. */
    private void repayItsOwn(Credit credit, Map<String, BigDecimal> allocations) {
        var due = credit.left().min(balance.overdraft()).min(credit.origin().owed());
        balance.burn(Map.of(credit.id(), due), allocations);
        credit.origin().oweLess(due);
    }
}
