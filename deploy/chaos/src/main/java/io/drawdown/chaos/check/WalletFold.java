package io.drawdown.chaos.check;

import io.drawdown.events.wallet.CreditClawedBack;
import io.drawdown.events.wallet.CreditGivenBack;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantExpired;
import io.drawdown.events.wallet.GrantVoided;
import io.drawdown.events.wallet.HoldCaptured;
import io.drawdown.events.wallet.HoldEnd;
import io.drawdown.events.wallet.HoldPlaced;
import io.drawdown.events.wallet.HoldReleased;
import io.drawdown.events.wallet.MeterRouted;
import io.drawdown.events.wallet.OverdraftLimitChanged;
import io.drawdown.events.wallet.OverdraftRepaid;
import io.drawdown.events.wallet.RatedMeasure;
import io.drawdown.events.wallet.ReplenishRequested;
import io.drawdown.events.wallet.ReplenishSettled;
import io.drawdown.events.wallet.ReplenishmentDisabled;
import io.drawdown.events.wallet.ReplenishmentHeldBack;
import io.drawdown.events.wallet.ReplenishmentPolicyChanged;
import io.drawdown.events.wallet.ReturnedCredit;
import io.drawdown.events.wallet.SettlementChanged;
import io.drawdown.events.wallet.SettlementMode;
import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLeftToArrears;
import io.drawdown.events.wallet.UsageLine;
import io.drawdown.events.wallet.WalletAdded;
import io.drawdown.events.wallet.WalletOpened;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** One wallet, folded from what its topic says, with every event held against the rules at its instant. */
final class WalletFold {

    private final List<String> violations = new ArrayList<>();
    private final Map<String, Credit> credits = new HashMap<>();
    private final Map<String, HeldCredit> holds = new LinkedHashMap<>();
    private final TopUps topUps = new TopUps(this::violate);
    private final Consumption consumption = new Consumption();
    private final Map<String, SettlementMode> settlements = new HashMap<>();
    private final Map<String, String> payers = new HashMap<>();
    private BigDecimal overdraft = BigDecimal.ZERO;
    private BigDecimal limit = BigDecimal.ZERO;
    private @Nullable Header last;

    /** The wallet after these events, which are in order and without repeats. */
    static WalletFold of(List<SpecificRecord> events) {
        var fold = new WalletFold();
        try {
            events.forEach(fold::apply);
        } catch (IllegalStateException brokenOff) {
            fold.violations.add(String.valueOf(brokenOff.getMessage()));
        }
        return fold;
    }

    /** What was against the rules, in words. */
    List<String> violations() {
        return violations;
    }

    long sequence() {
        return last == null ? -1 : last.sequence();
    }

    private void violate(String words) {
        violations.add(last + " " + words);
    }

    private void apply(SpecificRecord event) {
        follow(Header.of(event));
        switch (event) {
            case WalletOpened _, WalletAdded _, ReplenishmentDisabled _ -> {}
            case CreditGranted granted -> grant(granted);
            case GrantExpired expired -> expire(expired);
            case GrantVoided voided -> takeBack(voided);
            case OverdraftRepaid repaid -> repay(repaid);
            case OverdraftLimitChanged changed -> limit = Amounts.of(changed.getLimit());
            case UsageDrawnDown drawn -> drawDown(drawn);
            case UsageAdjusted adjusted -> adjust(adjusted);
            case UsageLeftToArrears left -> leave(left);
            case SettlementChanged changed -> settlements.put(changed.getMeterId(), changed.getMode());
            case MeterRouted routed -> payers.put(routed.getMeterId(), routed.getPayingWalletId());
            case CreditClawedBack clawed -> clawBack(clawed);
            case CreditGivenBack given -> giveBack(given);
            case HoldPlaced placed -> hold(placed);
            case HoldCaptured captured -> capture(captured);
            case HoldReleased released -> release(released);
            case ReplenishmentPolicyChanged changed -> topUps.change(changed);
            case ReplenishRequested requested -> topUps.request(requested, availableAt(at()));
            case ReplenishSettled settled -> topUps.settle(settled);
            case ReplenishmentHeldBack heldBack -> topUps.holdBack(heldBack);
            default -> violate("is a " + event.getSchema().getName() + ", which nothing here brings about");
        }
    }

    private void follow(Header header) {
        var before = last;
        last = header;
        if (header.sequence() != (before == null ? 0 : before.sequence() + 1)) {
            violate("does not follow " + before);
        }
        if (before != null && header.recordedAt().isBefore(before.recordedAt())) {
            violate("is earlier than the one before it");
        }
    }

    private Instant at() {
        return last == null ? Instant.EPOCH : last.recordedAt();
    }

    private void grant(CreditGranted granted) {
        var repays =
                granted.getMeterIds().isEmpty() && !granted.getEffectiveAt().isAfter(at());
        var due = repays ? overdraft.min(Amounts.of(granted.getAmount())) : BigDecimal.ZERO;
        expect("the overdraft that it repays", due, granted.getOverdraftRepaid());
        overdraft = overdraft.subtract(new BigDecimal(granted.getOverdraftRepaid()));
        if (credits.put(granted.getGrantId(), new Credit(granted)) != null) {
            violate("grants " + granted.getGrantId() + " a second time");
        }
        consumption.repay(granted.getGrantId(), new BigDecimal(granted.getOverdraftRepaid()));
        expectSettled(granted.getSettledAfter());
    }

    private void expire(GrantExpired expired) {
        var credit = credit(expired.getGrantId());
        if (!credit.hasEndedAt(at())) {
            violate("lets " + credit.id() + " expire before its time");
        }
        expect("what expires", credit.left(), expired.getAmount().getAmount());
        credit.take(Amounts.of(expired.getAmount()));
        expectSettled(expired.getSettledAfter());
    }

    private void takeBack(GrantVoided voided) {
        var credit = credit(voided.getGrantId());
        expect("what is taken back", credit.left(), voided.getAmount().getAmount());
        credit.take(Amounts.of(voided.getAmount()));
        credit.takeBack(at());
        expectSettled(voided.getSettledAfter());
    }

    private void repay(OverdraftRepaid repaid) {
        var amount = Amounts.of(repaid.getAmount());
        burn(plan(Stream.of(new Burning.Need(amount, null))), Amounts.of(repaid.getAllocations()));
        Amounts.of(repaid.getAllocations()).forEach(consumption::repay);
        overdraft = overdraft.subtract(amount);
        expectSettled(repaid.getSettledAfter());
    }

    private void drawDown(UsageDrawnDown drawn) {
        var needs = drawn.getLines().stream().map(WalletFold::need).toList();
        expect(
                "the sum of its lines",
                Amounts.sum(needs.stream().map(Burning.Need::amount).toList()),
                drawn.getTotal());
        var plan = plan(needs.stream());
        expectPayable(drawn, plan);
        burn(plan, Amounts.of(drawn.getAllocations()));
        consumption.drawDown(drawn, plan.shares());
        expect("the overdraft it leaves", plan.uncovered(), drawn.getOverdraft());
        overdraft = overdraft.add(new BigDecimal(drawn.getOverdraft()));
        expectSettled(drawn.getSettledAfter());
    }

    /** Each line is this wallet's to pay, and in whole where Stripe's meters would pay otherwise. */
    private void expectPayable(UsageDrawnDown drawn, Burning plan) {
        for (int i = 0; i < drawn.getLines().size(); i++) {
            var line = drawn.getLines().get(i);
            var mode = modeOf(line.getMeterId());
            var covered = plan.shares().get(i).uncovered().signum() == 0;
            if (mode == SettlementMode.ARREARS || (mode == SettlementMode.PREPAID_THEN_ARREARS && !covered)) {
                violate("draws " + line.getId() + " down, which is " + mode);
            }
            if (isMain() && !payerOf(line.getMeterId()).equals(drawn.getWalletId())) {
                violate("draws " + line.getId() + " down, which " + payerOf(line.getMeterId()) + " pays for");
            }
        }
    }

    private void leave(UsageLeftToArrears left) {
        for (var line : left.getLines()) {
            if (modeOf(line.getMeterId()) != left.getMode()) {
                violate("leaves " + line.getId() + " as " + left.getMode() + ", which is " + modeOf(line.getMeterId()));
            }
        }
    }

    private SettlementMode modeOf(String meterId) {
        return settlements.getOrDefault(meterId, SettlementMode.PREPAID);
    }

    /** Only the main wallet knows who pays. */
    private boolean isMain() {
        return last != null && last.walletId().startsWith("wal_");
    }

    private String payerOf(String meterId) {
        return payers.getOrDefault(meterId, last == null ? "" : last.walletId());
    }

    private void adjust(UsageAdjusted adjusted) {
        var amount = new BigDecimal(adjusted.getAmount());
        expect("the difference", cost(adjusted.getAfter()).subtract(cost(adjusted.getBefore())), adjusted.getAmount());
        if (amount.signum() < 0) {
            comeBack(adjusted, amount.negate());
        } else {
            takeMore(adjusted, amount);
        }
        expectSettled(adjusted.getSettledAfter());
    }

    private static BigDecimal cost(@Nullable RatedMeasure measure) {
        return measure == null || measure.getAmount() == null ? BigDecimal.ZERO : new BigDecimal(measure.getAmount());
    }

    private void comeBack(UsageAdjusted adjusted, BigDecimal amount) {
        var comeback = consumption.comeBack(
                adjusted, amount, overdraft, Comparator.comparing(this::credit, Credit.BURN_ORDER));
        expectReturned(adjusted, false, comeback.burned());
        expectReturned(adjusted, true, comeback.repaid());
        expect("the overdraft", comeback.overdraft().negate(), adjusted.getOverdraft());
        adjusted.getReturned().forEach(part -> credit(part.getGrantId()).giveBack(new BigDecimal(part.getAmount())));
        consumption.follow(adjusted, comeback);
        overdraft = overdraft.add(new BigDecimal(adjusted.getOverdraft()));
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
            violate("gives " + returned + " back, where " + expected + " was burned last");
        }
    }

    private void takeMore(UsageAdjusted adjusted, BigDecimal amount) {
        var plan = plan(Stream.of(new Burning.Need(amount, adjusted.getMeterId())));
        burn(plan, Amounts.of(adjusted.getAllocations()));
        consumption.takeMore(adjusted, plan.shares().getFirst());
        expect("the overdraft", plan.uncovered(), adjusted.getOverdraft());
        overdraft = overdraft.add(new BigDecimal(adjusted.getOverdraft()));
    }

    private void clawBack(CreditClawedBack clawed) {
        var amount = Amounts.of(clawed.getAmount());
        var credit = credit(clawed.getGrantId());
        var fromGrant = amount.min(credit.left());
        expect("what is owed of it", amount.subtract(fromGrant), clawed.getOverdraft());
        credit.take(fromGrant);
        overdraft = overdraft.add(new BigDecimal(clawed.getOverdraft()));
        expectSettled(clawed.getSettledAfter());
    }

    private void giveBack(CreditGivenBack given) {
        var amount = Amounts.of(given.getAmount());
        var repays = amount.min(overdraft);
        expect("the overdraft that it repays", repays, given.getOverdraftRepaid());
        credit(given.getGrantId()).giveBack(amount.subtract(repays));
        consumption.repay(given.getGrantId(), repays);
        overdraft = overdraft.subtract(new BigDecimal(given.getOverdraftRepaid()));
        expectSettled(given.getSettledAfter());
    }

    private static Burning.Need need(UsageLine line) {
        return new Burning.Need(new BigDecimal(line.getAmount()), line.getMeterId());
    }

    private void hold(HoldPlaced placed) {
        var amount = Amounts.of(placed.getAmount());
        var spendable = spendable(placed.getMeterId(), at()).add(limit);
        if (amount.compareTo(spendable) > 0) {
            violate("holds " + amount + " of the " + spendable + " that there is");
        }
        var plan = plan(Stream.of(new Burning.Need(amount, placed.getMeterId())));
        burn(plan, Amounts.of(placed.getAllocations()));
        expect("what it holds of the overdraft limit", plan.uncovered(), placed.getOverdraft());
        holds.put(placed.getHoldId(), new HeldCredit(placed));
        expectSettled(placed.getSettledAfter());
    }

    private void capture(HoldCaptured captured) {
        var held = held(captured.getHoldId());
        var amount = Amounts.of(captured.getAmount());
        var plan = held.plan(amount);
        if (amount.compareTo(held.amount()) > 0 || !Amounts.equal(plan, Amounts.of(captured.getAllocations()))) {
            violate("captures " + captured.getAllocations() + " of a hold of " + held.lots());
        }
        expect("the overdraft it leaves", amount.subtract(Amounts.sum(plan.values())), captured.getOverdraft());
        held.take(Amounts.of(captured.getAllocations()), new BigDecimal(captured.getOverdraft()));
        overdraft = overdraft.add(new BigDecimal(captured.getOverdraft()));
        forgetIfEmpty(captured.getHoldId());
        expectSettled(captured.getSettledAfter());
    }

    private void release(HoldReleased released) {
        var held = held(released.getHoldId());
        if (released.getEnd() == HoldEnd.TIMED_OUT && held.expiresAt().isAfter(at())) {
            violate("releases " + released.getHoldId() + " before its time");
        }
        expect("what is released", held.amount(), released.getAmount().getAmount());
        held.lots().forEach((grant, amount) -> credit(grant).giveBack(amount));
        holds.remove(released.getHoldId());
        expectSettled(released.getSettledAfter());
    }

    private void forgetIfEmpty(String holdId) {
        if (held(holdId).amount().signum() == 0) {
            holds.remove(holdId);
        }
    }

    private Credit credit(String grantId) {
        var credit = credits.get(grantId);
        if (credit == null) {
            throw new IllegalStateException(last + " speaks of grant " + grantId + ", which was never given");
        }
        return credit;
    }

    private HeldCredit held(String holdId) {
        var held = holds.get(holdId);
        if (held == null) {
            throw new IllegalStateException(last + " speaks of hold " + holdId + ", which is not open");
        }
        return held;
    }

    private Burning plan(Stream<Burning.Need> needs) {
        return Burning.of(needs, unspent(), at());
    }

    private List<Credit> unspent() {
        return credits.values().stream()
                .filter(credit -> credit.left().signum() > 0)
                .sorted(Credit.BURN_ORDER)
                .toList();
    }

    private void burn(Burning plan, Map<String, BigDecimal> burned) {
        if (!Amounts.equal(plan.taken(), burned)) {
            violate("burns " + burned + ", where the burn order says " + plan.taken());
        }
        burned.forEach((grant, amount) -> credit(grant).take(amount));
    }

    private void expectSettled(String settledAfter) {
        expect("the balance after it", settled(), settledAfter);
    }

    private void expect(String what, BigDecimal expected, String said) {
        if (!Amounts.equal(expected, new BigDecimal(said))) {
            violate("says that " + what + " is " + said + ", which is " + expected);
        }
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

    BigDecimal overdraft() {
        return overdraft;
    }

    BigDecimal availableAt(Instant at) {
        return spendable(null, at);
    }

    private BigDecimal spendable(@Nullable String meterId, Instant at) {
        var paying = credits.values().stream()
                .filter(credit -> credit.pays(meterId, at))
                .map(Credit::left);
        var uncovered = holds.values().stream().map(HeldCredit::uncovered);
        return Amounts.sum(paying.toList()).subtract(overdraft).subtract(Amounts.sum(uncovered.toList()));
    }

    /** Whether a top-up is under way. */
    boolean isWaiting() {
        return topUps.isPending();
    }

    /** Whether something will change by itself between these instants. */
    boolean changesBetween(Instant now, Instant limit) {
        return holds.values().stream().anyMatch(hold -> hold.expiresAt().isBefore(limit))
                || unspent().stream()
                        .anyMatch(credit ->
                                credit.hasEndedAt(limit) || credit.beginsAt().isAfter(now));
    }
}
