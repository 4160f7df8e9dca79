package io.drawdown.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.events.wallet.Allocation;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** A balance as any consumer of wallet.events.v1 can keep it: from the public records and nothing else. */
final class PublicFold {

    private final Map<String, Terms> grants = new HashMap<>();
    private final Map<String, BigDecimal> left = new HashMap<>();
    private final Map<String, Held> holds = new HashMap<>();
    private BigDecimal overdraft = BigDecimal.ZERO;

    static PublicFold of(List<SpecificRecord> events) {
        var fold = new PublicFold();
        events.forEach(fold::add);
        return fold;
    }

    private void add(SpecificRecord event) {
        switch (event) {
            case UsageDrawnDown drawn -> {
                drawn.getAllocations().forEach(part -> take(part.getGrantId(), part.getAmount()));
                overdraft = overdraft.add(new BigDecimal(drawn.getOverdraft()));
                agrees(drawn.getSettledAfter());
            }
            case UsageAdjusted adjusted -> {
                adjusted.getAllocations().forEach(part -> take(part.getGrantId(), part.getAmount()));
                adjusted.getReturned()
                        .forEach(back ->
                                left.merge(back.getGrantId(), new BigDecimal(back.getAmount()), BigDecimal::add));
                overdraft = overdraft.add(new BigDecimal(adjusted.getOverdraft()));
                agrees(adjusted.getSettledAfter());
            }
            case CreditGranted granted -> {
                grants.put(
                        granted.getGrantId(),
                        new Terms(granted.getEffectiveAt(), granted.getExpiresAt(), granted.getMeterIds()));
                comesIn(granted.getGrantId(), granted.getAmount().getAmount(), granted.getOverdraftRepaid());
                agrees(granted.getSettledAfter());
            }
            case GrantRolledOver rolled -> {
                take(rolled.getGrantId(), rolled.getAmount().getAmount());
                grants.put(
                        rolled.getIntoGrantId(),
                        new Terms(rolled.getEffectiveAt(), rolled.getExpiresAt(), rolled.getMeterIds()));
                comesIn(rolled.getIntoGrantId(), rolled.getAmount().getAmount(), "0");
                agrees(rolled.getSettledAfter());
            }
            case GrantExpired expired -> {
                take(expired.getGrantId(), expired.getAmount().getAmount());
                agrees(expired.getSettledAfter());
            }
            case GrantVoided voided -> {
                take(voided.getGrantId(), voided.getAmount().getAmount());
                agrees(voided.getSettledAfter());
            }
            case GrantForfeited forfeited -> {
                take(forfeited.getGrantId(), forfeited.getAmount().getAmount());
                agrees(forfeited.getSettledAfter());
            }
            case OverdraftRepaid repaid -> {
                repaid.getAllocations().forEach(part -> take(part.getGrantId(), part.getAmount()));
                overdraft = overdraft.subtract(new BigDecimal(repaid.getAmount().getAmount()));
                agrees(repaid.getSettledAfter());
            }
            case CreditClawedBack clawed -> {
                overdraft = overdraft.add(new BigDecimal(clawed.getOverdraft()));
                clawed.getAllocations().forEach(part -> take(part.getGrantId(), part.getAmount()));
                agrees(clawed.getSettledAfter());
            }
            case CreditGivenBack given -> {
                grants.put(
                        given.getGrantId(),
                        new Terms(given.getEffectiveAt(), given.getExpiresAt(), given.getMeterIds()));
                comesIn(given.getGrantId(), given.getAmount().getAmount(), given.getOverdraftRepaid());
                agrees(given.getSettledAfter());
            }
            case HoldPlaced placed -> {
                placed.getAllocations().forEach(part -> take(part.getGrantId(), part.getAmount()));
                holds.put(placed.getHoldId(), Held.of(placed));
                agrees(placed.getSettledAfter());
            }
            case HoldCaptured captured -> {
                var rest = holds.get(captured.getHoldId()).without(captured.getAllocations(), captured.getOverdraft());
                holds.put(captured.getHoldId(), rest);
                overdraft = overdraft.add(new BigDecimal(captured.getOverdraft()));
                agrees(captured.getSettledAfter());
            }
            case HoldReleased released -> {
                released.getAllocations()
                        .forEach(part ->
                                left.merge(part.getGrantId(), new BigDecimal(part.getAmount()), BigDecimal::add));
                holds.remove(released.getHoldId());
                agrees(released.getSettledAfter());
            }
            case WalletOpened _,
                    WalletStatusChanged _,
                    WalletAdded _,
                    MeterRouted _,
                    SettlementChanged _,
                    UsageLeftToArrears _,
                    ArrearsAdjusted _,
                    OverdraftLimitChanged _,
                    ReplenishmentPolicyChanged _,
                    ReplenishRequested _,
                    ReplenishActionRequired _,
                    ReplenishSettled _,
                    ReplenishmentHeldBack _,
                    ReplenishmentDisabled _ -> {}
            default -> throw new IllegalStateException("This fold does not know what moves in a " + event.getClass());
        }
    }

    private void comesIn(String grantId, String amount, String overdraftRepaid) {
        left.merge(grantId, new BigDecimal(amount).subtract(new BigDecimal(overdraftRepaid)), BigDecimal::add);
        overdraft = overdraft.subtract(new BigDecimal(overdraftRepaid));
    }

    private void take(String grantId, String amount) {
        left.merge(grantId, new BigDecimal(amount), BigDecimal::subtract);
    }

    private void agrees(String settledAfter) {
        assertThat(settled()).isEqualByComparingTo(settledAfter);
    }

    BigDecimal settled() {
        return sum(left.values()).add(covered()).subtract(overdraft);
    }

    BigDecimal held() {
        return covered().add(uncovered());
    }

    BigDecimal overdraft() {
        return overdraft;
    }

    BigDecimal available(Instant now) {
        return sum(grants.entrySet().stream()
                        .filter(grant -> grant.getValue().coversAll(now))
                        .map(grant -> left.get(grant.getKey()))
                        .toList())
                .subtract(overdraft)
                .subtract(uncovered());
    }

    BigDecimal restricted(Instant now) {
        return sum(grants.entrySet().stream()
                .filter(grant -> grant.getValue().coversSome(now))
                .map(grant -> left.get(grant.getKey()))
                .toList());
    }

    private BigDecimal covered() {
        return sum(holds.values().stream().map(Held::covered).toList());
    }

    private BigDecimal uncovered() {
        return sum(holds.values().stream().map(Held::uncovered).toList());
    }

    private static BigDecimal sum(Iterable<BigDecimal> amounts) {
        var sum = BigDecimal.ZERO;
        for (var amount : amounts) {
            sum = sum.add(amount);
        }
        return sum;
    }

    /** When a grant may be spent, and on what. */
    private record Terms(Instant effectiveAt, @Nullable Instant expiresAt, List<String> meterIds) {

        private boolean coversAll(Instant now) {
            return meterIds.isEmpty() && isSpendable(now);
        }

        private boolean coversSome(Instant now) {
            return !meterIds.isEmpty() && isSpendable(now);
        }

        private boolean isSpendable(Instant now) {
            return !effectiveAt.isAfter(now) && (expiresAt == null || expiresAt.isAfter(now));
        }
    }

    /** An open hold. */
    private record Held(BigDecimal covered, BigDecimal uncovered) {

        private static Held of(HoldPlaced placed) {
            return new Held(BigDecimal.ZERO, BigDecimal.ZERO)
                    .with(placed.getAllocations(), new BigDecimal(placed.getOverdraft()), 1);
        }

        private Held without(List<Allocation> allocations, String overdraft) {
            return with(allocations, new BigDecimal(overdraft), -1);
        }

        private Held with(List<Allocation> allocations, BigDecimal overdraft, int sign) {
            var amounts = allocations.stream()
                    .map(part -> new BigDecimal(part.getAmount()))
                    .toList();
            var by = new BigDecimal(sign);
            return new Held(covered.add(sum(amounts).multiply(by)), uncovered.add(overdraft.multiply(by)));
        }
    }
}
