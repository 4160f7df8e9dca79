package io.drawdown.wallet.statement;

import io.drawdown.wallet.domain.GrantKind;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.UsageAdjustment.Measure;
import io.drawdown.wallet.domain.UsageLine;
import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletEvent.ArrearsAdjusted;
import io.drawdown.wallet.domain.WalletEvent.CreditClawedBack;
import io.drawdown.wallet.domain.WalletEvent.CreditGivenBack;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.GrantExpired;
import io.drawdown.wallet.domain.WalletEvent.GrantForfeited;
import io.drawdown.wallet.domain.WalletEvent.GrantRolledOver;
import io.drawdown.wallet.domain.WalletEvent.GrantVoided;
import io.drawdown.wallet.domain.WalletEvent.HoldCaptured;
import io.drawdown.wallet.domain.WalletEvent.HoldPlaced;
import io.drawdown.wallet.domain.WalletEvent.HoldReleased;
import io.drawdown.wallet.domain.WalletEvent.MeterRouted;
import io.drawdown.wallet.domain.WalletEvent.OverdraftLimitChanged;
import io.drawdown.wallet.domain.WalletEvent.OverdraftRepaid;
import io.drawdown.wallet.domain.WalletEvent.ReplenishActionRequired;
import io.drawdown.wallet.domain.WalletEvent.ReplenishRequested;
import io.drawdown.wallet.domain.WalletEvent.ReplenishSettled;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentDisabled;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentHeldBack;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentPolicyChanged;
import io.drawdown.wallet.domain.WalletEvent.SettlementChanged;
import io.drawdown.wallet.domain.WalletEvent.UsageAdjusted;
import io.drawdown.wallet.domain.WalletEvent.UsageDrawnDown;
import io.drawdown.wallet.domain.WalletEvent.UsageLeftToArrears;
import io.drawdown.wallet.domain.WalletEvent.WalletAdded;
import io.drawdown.wallet.domain.WalletEvent.WalletOpened;
import io.drawdown.wallet.domain.WalletEvent.WalletStatusChanged;
import io.drawdown.wallet.statement.Movement.Key;
import io.drawdown.wallet.statement.Movement.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up what moves a balance, by kind and meter; takes no more memory for more events. */
final class Movements {

    private final TreeMap<Key, Movement> sums = new TreeMap<>();

    void add(WalletEvent event) {
        switch (event) {
            case UsageDrawnDown drawn -> drawn.lines().forEach(this::add);
            case UsageAdjusted adjusted -> add(adjusted);
            case CreditGranted granted -> add(granted(granted.kind()), null, granted.amount());
            case HoldCaptured captured ->
                add(Kind.CAPTURED, captured.meterId(), captured.amount().negated());
            case GrantRolledOver rolled -> {
                add(Kind.ROLLED_OUT, null, rolled.amount().negated());
                add(Kind.ROLLED_IN, null, rolled.amount());
            }
            case GrantExpired expired ->
                add(Kind.EXPIRED, null, expired.amount().negated());
            case GrantForfeited forfeited ->
                add(Kind.FORFEITED, null, forfeited.amount().negated());
            case GrantVoided voided -> add(Kind.VOIDED, null, voided.amount().negated());
            case CreditClawedBack clawed ->
                add(Kind.CLAWED_BACK, null, clawed.amount().negated());
            case CreditGivenBack given -> add(Kind.GIVEN_BACK, null, given.amount());
            case WalletOpened _,
                    WalletStatusChanged _,
                    WalletAdded _,
                    MeterRouted _,
                    SettlementChanged _,
                    UsageLeftToArrears _,
                    ArrearsAdjusted _,
                    OverdraftRepaid _,
                    OverdraftLimitChanged _,
                    HoldPlaced _,
                    HoldReleased _,
                    ReplenishmentPolicyChanged _,
                    ReplenishRequested _,
                    ReplenishActionRequired _,
                    ReplenishSettled _,
                    ReplenishmentHeldBack _,
                    ReplenishmentDisabled _ -> {} // No money moved.
        }
    }

    private static Kind granted(GrantKind kind) {
        return switch (kind) {
            case PAID -> Kind.GRANTED_PAID;
            case PROMOTIONAL -> Kind.GRANTED_PROMOTIONAL;
        };
    }

    private void add(UsageLine line) {
        add(new Movement(
                new Key(Kind.DRAWN_DOWN, line.meterId()),
                1,
                line.quantity(),
                line.amount().negated()));
    }

    private void add(UsageAdjusted adjusted) {
        var adjustment = adjusted.adjustment();
        add(new Movement(
                new Key(Kind.ADJUSTED, adjustment.meterId()),
                1,
                quantity(adjustment.after()).subtract(quantity(adjustment.before())),
                adjusted.amount().negated()));
    }

    private static BigDecimal quantity(@Nullable Measure measure) {
        return measure == null ? BigDecimal.ZERO : measure.quantity();
    }

    private void add(Kind kind, @Nullable String meterId, Money amount) {
        add(new Movement(new Key(kind, meterId), 1, null, amount));
    }

    private void add(Movement movement) {
        sums.merge(movement.key(), movement, Movement::plus);
    }

    /** In the order of kinds, each by meter. */
    List<Movement> all() {
        return List.copyOf(sums.values());
    }
}
