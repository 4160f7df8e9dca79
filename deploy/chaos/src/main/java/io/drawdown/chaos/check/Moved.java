package io.drawdown.chaos.check;

import io.drawdown.events.Money;
import io.drawdown.events.wallet.CreditClawedBack;
import io.drawdown.events.wallet.CreditGivenBack;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantExpired;
import io.drawdown.events.wallet.GrantForfeited;
import io.drawdown.events.wallet.GrantKind;
import io.drawdown.events.wallet.GrantRolledOver;
import io.drawdown.events.wallet.GrantVoided;
import io.drawdown.events.wallet.HoldCaptured;
import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.events.wallet.UsageDrawnDown;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/** What has moved a balance, by the kinds that a statement tells apart. */
final class Moved {

    private final SortedMap<String, BigDecimal> sums = new TreeMap<>();

    private Moved() {}

    /** Sums by kind; negative for what was taken. */
    static SortedMap<String, BigDecimal> by(List<SpecificRecord> events) {
        var moved = new Moved();
        events.forEach(moved::add);
        return moved.sums;
    }

    private void add(SpecificRecord event) {
        switch (event) {
            case CreditGranted granted -> {
                var paid = granted.getKind() == GrantKind.PAID;
                in(paid ? "GRANTED_PAID" : "GRANTED_PROMOTIONAL", granted.getAmount());
            }
            case GrantRolledOver rolled -> {
                in("ROLLED_IN", rolled.getAmount());
                out("ROLLED_OUT", rolled.getAmount());
            }
            case CreditGivenBack given -> in("GIVEN_BACK", given.getAmount());
            case CreditClawedBack clawed -> out("CLAWED_BACK", clawed.getAmount());
            case GrantExpired expired -> out("EXPIRED", expired.getAmount());
            case GrantForfeited forfeited -> out("FORFEITED", forfeited.getAmount());
            case GrantVoided voided -> out("VOIDED", voided.getAmount());
            case HoldCaptured captured -> out("CAPTURED", captured.getAmount());
            case UsageDrawnDown drawn -> add("DRAWN_DOWN", new BigDecimal(drawn.getTotal()).negate());
            case UsageAdjusted adjusted -> add("ADJUSTED", new BigDecimal(adjusted.getAmount()).negate());
            default -> {} // No money moved.
        }
    }

    private void in(String kind, Money amount) {
        add(kind, Amounts.of(amount));
    }

    private void out(String kind, Money amount) {
        add(kind, Amounts.of(amount).negate());
    }

    private void add(String kind, BigDecimal amount) {
        sums.merge(kind, amount, BigDecimal::add);
    }
}
