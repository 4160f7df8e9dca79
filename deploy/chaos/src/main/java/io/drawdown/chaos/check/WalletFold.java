package io.drawdown.chaos.check;

import io.drawdown.chaos.load.Accounts;
import io.drawdown.events.wallet.ArrearsAdjusted;
import io.drawdown.events.wallet.CreditClawedBack;
import io.drawdown.events.wallet.CreditGivenBack;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantExpired;
import io.drawdown.events.wallet.GrantForfeited;
import io.drawdown.events.wallet.GrantRolledOver;
import io.drawdown.events.wallet.GrantVoided;
import io.drawdown.events.wallet.HoldCaptured;
import io.drawdown.events.wallet.HoldPlaced;
import io.drawdown.events.wallet.HoldReleased;
import io.drawdown.events.wallet.MeterRouted;
import io.drawdown.events.wallet.OverdraftLimitChanged;
import io.drawdown.events.wallet.OverdraftRepaid;
import io.drawdown.events.wallet.ReplenishActionRequired;
import io.drawdown.events.wallet.ReplenishRequested;
import io.drawdown.events.wallet.ReplenishSettled;
import io.drawdown.events.wallet.ReplenishmentDisabled;
import io.drawdown.events.wallet.ReplenishmentHeldBack;
import io.drawdown.events.wallet.ReplenishmentPolicyChanged;
import io.drawdown.events.wallet.SettlementChanged;
import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLeftToArrears;
import io.drawdown.events.wallet.WalletAdded;
import io.drawdown.events.wallet.WalletOpened;
import io.drawdown.events.wallet.WalletStatusChanged;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;
import org.apache.avro.specific.SpecificRecord;

/** One wallet, folded from what its topic says, with every event held against the rules at its instant. */
final class WalletFold {

    private final Findings findings = new Findings();
    private final Balance balance = new Balance(findings);
    private final HoldRules holds = new HoldRules(findings, balance);
    private final StatusRules status = new StatusRules(findings);
    private final LocalClock clock;
    private final GrantRules grants;
    private final ReversalRules reversals;
    private final UsageRules usage;
    private final TopUps topUps;

    private WalletFold(LocalClock clock) {
        var consumption = new Consumption(clock);
        this.clock = clock;
        this.grants = new GrantRules(findings, balance, consumption, clock);
        this.reversals = new ReversalRules(findings, balance, consumption);
        this.usage = new UsageRules(findings, balance, consumption);
        this.topUps = new TopUps(findings::violate, clock);
    }

    /**
     * The wallet after these events, which are in order and without repeats.
     *
     * @param clock its account's
     */
    static WalletFold of(List<SpecificRecord> events, LocalClock clock) {
        var fold = new WalletFold(clock);
        try {
            events.forEach(fold::apply);
            fold.topUps.end();
        } catch (IllegalStateException senseless) {
            fold.findings.breakOff(senseless);
        }
        return fold;
    }

    /**
     * Shows the wallet as it was at each of these instants, which are in order.
     *
     * @throws IllegalStateException if the history makes no sense
     * @param visitor gets the wallet as of its last event up to an instant, and which one that is, from 0
     */
    static void past(
            List<SpecificRecord> events, LocalClock clock, List<Instant> instants, ObjIntConsumer<WalletFold> visitor) {
        var fold = new WalletFold(clock);
        var open = new ArrayDeque<>(events);
        for (int i = 0; i < instants.size(); i++) {
            while (!open.isEmpty() && !Header.of(open.peek()).recordedAt().isAfter(instants.get(i))) {
                fold.apply(open.remove());
            }
            visitor.accept(fold, i);
        }
    }

    /** Every wallet by its id. */
    static SortedMap<String, WalletFold> ofAll(WalletTopic topic, Accounts accounts) {
        var folds = new TreeMap<String, WalletFold>();
        for (var account : accounts.ids()) {
            var clock = LocalClock.of(accounts, account);
            accounts.walletsOf(account).forEach(wallet -> folds.put(wallet, of(topic.eventsOf(wallet), clock)));
        }
        return folds;
    }

    private void apply(SpecificRecord event) {
        var before = findings.at();
        findings.follow(Header.of(event));
        status.look(event);
        topUps.look(event);
        change(event);
        topUps.see(
                event, hadEndedBefore(event, before), status.isOpen(), findings.at(), () -> availableAt(findings.at()));
    }

    /** Whether what is lost is of a grant that had ended already when the event before was recorded: it came back to be lost. */
    private boolean hadEndedBefore(SpecificRecord event, Instant before) {
        return event instanceof GrantExpired expired
                && balance.credit(expired.getGrantId()).hadEndedBefore(before);
    }

    private void change(SpecificRecord event) {
        switch (event) {
            case WalletOpened opened -> open(opened);
            case WalletAdded _, ArrearsAdjusted _ -> {}
            case WalletStatusChanged changed -> status.change(changed, isInUse());
            case CreditGranted granted -> grants.grant(granted);
            case GrantRolledOver rolled -> grants.rollOver(rolled);
            case GrantExpired expired -> grants.expire(expired);
            case GrantVoided voided -> grants.takeBack(voided);
            case GrantForfeited forfeited -> grants.forfeit(forfeited);
            case OverdraftRepaid repaid -> grants.repay(repaid);
            case CreditClawedBack clawed -> clawBack(clawed);
            case CreditGivenBack given -> reversals.giveBack(given);
            case OverdraftLimitChanged changed -> balance.limit(Amounts.of(changed.getLimit()));
            case UsageDrawnDown drawn -> usage.drawDown(drawn);
            case UsageAdjusted adjusted -> usage.adjust(adjusted);
            case UsageLeftToArrears left -> usage.leave(left);
            case SettlementChanged changed -> usage.settle(changed);
            case MeterRouted routed -> usage.route(routed);
            case HoldPlaced placed -> holds.hold(placed);
            case HoldCaptured captured -> holds.capture(captured);
            case HoldReleased released -> holds.release(released);
            case ReplenishmentPolicyChanged changed -> topUps.change(changed);
            case ReplenishRequested requested -> topUps.request(requested, availableAt(findings.at()));
            case ReplenishActionRequired required -> topUps.awaitCustomer(required);
            case ReplenishSettled settled -> topUps.settle(settled);
            case ReplenishmentHeldBack heldBack -> topUps.holdBack(heldBack);
            case ReplenishmentDisabled _ -> topUps.disable();
            default -> findings.violate("is a " + event.getSchema().getName() + ", which nothing here brings about");
        }
    }

    private void clawBack(CreditClawedBack clawed) {
        topUps.goBack(availableAt(findings.at()));
        reversals.clawBack(clawed);
    }

    private void open(WalletOpened opened) {
        findings.expect("its time zone", clock.zone().getId(), opened.getTimeZone());
        topUps.open(opened);
    }

    private boolean isInUse() {
        return topUps.isPending() || !balance.holds().isEmpty();
    }

    /** What was against the rules, in words. */
    List<String> violations() {
        return findings.violations();
    }

    long sequence() {
        return findings.sequence();
    }

    BigDecimal settled() {
        return balance.settled();
    }

    BigDecimal held() {
        return balance.held();
    }

    BigDecimal overdraft() {
        return balance.overdraft();
    }

    BigDecimal availableAt(Instant at) {
        return balance.spendable(null, at);
    }

    /** Whether a top-up is under way. */
    boolean isWaiting() {
        return topUps.isPending();
    }

    /** Whether something will change by itself between these instants. */
    boolean changesBetween(Instant now, Instant until) {
        return balance.holds().stream().anyMatch(hold -> hold.expiresAt().isBefore(until))
                || balance.unspent().stream()
                        .anyMatch(credit ->
                                credit.hasEndedAt(until) || credit.beginsAt().isAfter(now));
    }
}
