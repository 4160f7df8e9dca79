package io.drawdown.chaos.check;

import io.drawdown.events.wallet.HoldPlaced;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one wallet holds as its events leave it: grants, holds and overdraft. */
final class Balance {

    private final Findings findings;
    private final Map<String, Credit> credits = new HashMap<>();
    private final Map<String, HeldCredit> holds = new LinkedHashMap<>();
    private BigDecimal overdraft = BigDecimal.ZERO;
    private BigDecimal limit = BigDecimal.ZERO;

    Balance(Findings findings) {
        this.findings = findings;
    }

    void add(Credit credit) {
        if (credits.put(credit.id(), credit) != null) {
            findings.violate("grants " + credit.id() + " a second time");
        }
    }

    Credit credit(String grantId) {
        var credit = credits.get(grantId);
        if (credit == null) {
            throw findings.senseless("speaks of grant " + grantId + ", which was never given");
        }
        return credit;
    }

    void hold(HoldPlaced placed) {
        holds.put(placed.getHoldId(), new HeldCredit(placed));
    }

    HeldCredit held(String holdId) {
        var held = holds.get(holdId);
        if (held == null) {
            throw findings.senseless("speaks of hold " + holdId + ", which is not open");
        }
        return held;
    }

    void forgetHold(String holdId) {
        holds.remove(holdId);
    }

    Collection<HeldCredit> holds() {
        return holds.values();
    }

    /** @param more negative when it shrinks */
    void overdraw(BigDecimal more) {
        overdraft = overdraft.add(more);
    }

    void limit(BigDecimal newLimit) {
        limit = newLimit;
    }

    BigDecimal overdraft() {
        return overdraft;
    }

    /** What may be held for a meter, or for everything. */
    BigDecimal holdable(@Nullable String meterId) {
        return spendable(meterId, findings.at()).add(limit);
    }

    Burning plan(Stream<Burning.Need> needs) {
        return Burning.of(needs, unspent(), findings.at());
    }

    Burning plan(BigDecimal amount, @Nullable String meterId) {
        return plan(Stream.of(new Burning.Need(amount, meterId)));
    }

    /** In burn order. */
    List<Credit> unspent() {
        return credits.values().stream()
                .filter(credit -> credit.left().signum() > 0)
                .sorted(Credit.BURN_ORDER)
                .toList();
    }

    /** Takes what the event says, which has to be what the burn order says. */
    void burn(Map<String, BigDecimal> expected, Map<String, BigDecimal> burned) {
        if (!Amounts.equal(expected, burned)) {
            findings.violate("burns " + burned + ", where the burn order says " + expected);
        }
        burned.forEach((grant, amount) -> credit(grant).take(amount));
    }

    void expectSettled(String settledAfter) {
        findings.expect("the balance after it", settled(), settledAfter);
    }

    /** What is left of all grants, held or not, less the overdraft. */
    BigDecimal settled() {
        var left = Amounts.sum(credits.values().stream().map(Credit::left).toList());
        var covered =
                Amounts.sum(holds.values().stream().map(HeldCredit::covered).toList());
        return left.add(covered).subtract(overdraft);
    }

    BigDecimal held() {
        return Amounts.sum(holds.values().stream().map(HeldCredit::amount).toList());
    }

    /** What may be spent on a meter, or on everything. */
    BigDecimal spendable(@Nullable String meterId, Instant at) {
        var paying = credits.values().stream()
                .filter(credit -> credit.pays(meterId, at))
                .map(Credit::left);
        var uncovered = holds.values().stream().map(HeldCredit::uncovered);
        return Amounts.sum(paying.toList()).subtract(overdraft).subtract(Amounts.sum(uncovered.toList()));
    }
}
