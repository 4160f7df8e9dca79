package io.drawdown.chaos.check;

import io.drawdown.events.wallet.MeterRouted;
import io.drawdown.events.wallet.RatedMeasure;
import io.drawdown.events.wallet.ReturnedCredit;
import io.drawdown.events.wallet.SettlementChanged;
import io.drawdown.events.wallet.SettlementMode;
import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLeftToArrears;
import io.drawdown.events.wallet.UsageLine;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How usage burns credit, who pays for it, and where credit comes back to. What it costs is looked at elsewhere. */
final class UsageRules {

    private final Findings findings;
    private final Balance balance;
    private final Consumption consumption;
    private final Map<String, SettlementMode> settlements = new HashMap<>();
    private final Map<String, String> payers = new HashMap<>();

    UsageRules(Findings findings, Balance balance, Consumption consumption) {
        this.findings = findings;
        this.balance = balance;
        this.consumption = consumption;
    }

    void settle(SettlementChanged changed) {
        settlements.put(changed.getMeterId(), changed.getMode());
    }

    void route(MeterRouted routed) {
        payers.put(routed.getMeterId(), routed.getPayingWalletId());
    }

    void drawDown(UsageDrawnDown drawn) {
        var needs = drawn.getLines().stream().map(UsageRules::need).toList();
        findings.expect(
                "the sum of its lines",
                Amounts.sum(needs.stream().map(Burning.Need::amount).toList()),
                drawn.getTotal());
        var plan = balance.plan(needs.stream());
        expectPayable(drawn, plan);
        balance.burn(plan.taken(), Amounts.of(drawn.getAllocations()));
        consumption.drawDown(drawn, plan.shares());
        findings.expect("the overdraft it leaves", plan.uncovered(), drawn.getOverdraft());
        balance.overdraw(new BigDecimal(drawn.getOverdraft()));
        balance.expectSettled(drawn.getSettledAfter());
    }

    private static Burning.Need need(UsageLine line) {
        return new Burning.Need(new BigDecimal(line.getAmount()), line.getMeterId());
    }

    /** Each line is this wallet's to pay, and in whole where Stripe's meters would pay otherwise. */
    private void expectPayable(UsageDrawnDown drawn, Burning plan) {
        for (int i = 0; i < drawn.getLines().size(); i++) {
            var line = drawn.getLines().get(i);
            var mode = modeOf(line.getMeterId());
            var covered = plan.shares().get(i).uncovered().signum() == 0;
            if (mode == SettlementMode.ARREARS || (mode == SettlementMode.PREPAID_THEN_ARREARS && !covered)) {
                findings.violate("draws " + line.getId() + " down, which is " + mode);
            }
            if (isMain() && !payerOf(line.getMeterId()).equals(drawn.getWalletId())) {
                findings.violate("draws " + line.getId() + " down, which " + payerOf(line.getMeterId()) + " pays for");
            }
        }
    }

    void leave(UsageLeftToArrears left) {
        for (var line : left.getLines()) {
            findings.expect("how " + line.getId() + " settles", modeOf(line.getMeterId()), left.getMode());
        }
    }

    private SettlementMode modeOf(String meterId) {
        return settlements.getOrDefault(meterId, SettlementMode.PREPAID);
    }

    /** Only the main wallet knows who pays. */
    private boolean isMain() {
        return findings.walletId().startsWith("wal_");
    }

    private String payerOf(String meterId) {
        return payers.getOrDefault(meterId, findings.walletId());
    }

    void adjust(UsageAdjusted adjusted) {
        var amount = new BigDecimal(adjusted.getAmount());
        if (adjusted.getRunningTotal() == null) {
            findings.expect(
                    "the difference",
                    cost(adjusted.getAfter()).subtract(cost(adjusted.getBefore())),
                    adjusted.getAmount());
        }
        if (amount.signum() < 0) {
            comeBack(adjusted, amount.negate());
        } else {
            takeMore(adjusted, amount);
        }
        balance.expectSettled(adjusted.getSettledAfter());
    }

    private static BigDecimal cost(@Nullable RatedMeasure measure) {
        return measure == null || measure.getAmount() == null ? BigDecimal.ZERO : new BigDecimal(measure.getAmount());
    }

    private void comeBack(UsageAdjusted adjusted, BigDecimal amount) {
        var comeback = consumption.comeBack(
                adjusted, amount, balance.overdraft(), Comparator.comparing(balance::credit, Credit.BURN_ORDER));
        expectReturned(adjusted, false, comeback.burned());
        expectReturned(adjusted, true, comeback.repaid());
        findings.expect("the overdraft", comeback.overdraft().negate(), adjusted.getOverdraft());
        adjusted.getReturned()
                .forEach(part -> balance.credit(part.getGrantId()).giveBack(new BigDecimal(part.getAmount())));
        consumption.follow(adjusted, comeback);
        balance.overdraw(new BigDecimal(adjusted.getOverdraft()));
    }

    private void expectReturned(UsageAdjusted adjusted, boolean repayment, Map<String, BigDecimal> expected) {
        var returned = adjusted.getReturned().stream()
                .filter(part -> part.getRepayment() == repayment)
                .collect(Collectors.toMap(
                        ReturnedCredit::getGrantId, part -> new BigDecimal(part.getAmount()), BigDecimal::add));
        if (!returned.keySet().equals(expected.keySet())
                || !returned.entrySet().stream()
                        .allMatch(each -> Amounts.equal(
                                each.getValue(), expected.getOrDefault(each.getKey(), BigDecimal.ZERO)))) {
            findings.violate("gives " + returned + " back, where " + expected + " was burned last");
        }
    }

    private void takeMore(UsageAdjusted adjusted, BigDecimal amount) {
        var plan = balance.plan(amount, adjusted.getMeterId());
        balance.burn(plan.taken(), Amounts.of(adjusted.getAllocations()));
        consumption.takeMore(adjusted, plan.shares().getFirst());
        findings.expect("the overdraft", plan.uncovered(), adjusted.getOverdraft());
        balance.overdraw(new BigDecimal(adjusted.getOverdraft()));
    }
}
