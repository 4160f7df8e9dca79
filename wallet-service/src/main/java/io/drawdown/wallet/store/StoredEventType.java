package io.drawdown.wallet.store;

import static java.util.stream.Collectors.toUnmodifiableMap;

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
import io.drawdown.wallet.domain.WalletEvent;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The types of stored events: their stable names, and the revision that is written today. */
enum StoredEventType {
    WALLET_OPENED(WalletEvent.WalletOpened.class, WalletOpened.getClassSchema(), 2),
    REPLENISHMENT_POLICY_CHANGED(
            WalletEvent.ReplenishmentPolicyChanged.class, ReplenishmentPolicyChanged.getClassSchema(), 3),
    CREDIT_GRANTED(WalletEvent.CreditGranted.class, CreditGranted.getClassSchema(), 3),
    GRANT_ROLLED_OVER(WalletEvent.GrantRolledOver.class, GrantRolledOver.getClassSchema(), 1),
    GRANT_EXPIRED(WalletEvent.GrantExpired.class, GrantExpired.getClassSchema(), 1),
    GRANT_VOIDED(WalletEvent.GrantVoided.class, GrantVoided.getClassSchema(), 1),
    OVERDRAFT_LIMIT_CHANGED(WalletEvent.OverdraftLimitChanged.class, OverdraftLimitChanged.getClassSchema(), 1),
    HOLD_PLACED(WalletEvent.HoldPlaced.class, HoldPlaced.getClassSchema(), 1),
    HOLD_CAPTURED(WalletEvent.HoldCaptured.class, HoldCaptured.getClassSchema(), 1),
    HOLD_RELEASED(WalletEvent.HoldReleased.class, HoldReleased.getClassSchema(), 1),
    CREDIT_CLAWED_BACK(WalletEvent.CreditClawedBack.class, CreditClawedBack.getClassSchema(), 2),
    CREDIT_GIVEN_BACK(WalletEvent.CreditGivenBack.class, CreditGivenBack.getClassSchema(), 2),
    OVERDRAFT_REPAID(WalletEvent.OverdraftRepaid.class, OverdraftRepaid.getClassSchema(), 1),
    USAGE_DRAWN_DOWN(WalletEvent.UsageDrawnDown.class, UsageDrawnDown.getClassSchema(), 2),
    USAGE_ADJUSTED(WalletEvent.UsageAdjusted.class, UsageAdjusted.getClassSchema(), 1),
    WALLET_ADDED(WalletEvent.WalletAdded.class, WalletAdded.getClassSchema(), 1),
    METER_ROUTED(WalletEvent.MeterRouted.class, MeterRouted.getClassSchema(), 1),
    WALLET_STATUS_CHANGED(WalletEvent.WalletStatusChanged.class, WalletStatusChanged.getClassSchema(), 1),
    GRANT_FORFEITED(WalletEvent.GrantForfeited.class, GrantForfeited.getClassSchema(), 1),
    SETTLEMENT_CHANGED(WalletEvent.SettlementChanged.class, SettlementChanged.getClassSchema(), 1),
    USAGE_LEFT_TO_ARREARS(WalletEvent.UsageLeftToArrears.class, UsageLeftToArrears.getClassSchema(), 2),
    ARREARS_ADJUSTED(WalletEvent.ArrearsAdjusted.class, ArrearsAdjusted.getClassSchema(), 1),
    REPLENISH_REQUESTED(WalletEvent.ReplenishRequested.class, ReplenishRequested.getClassSchema(), 3),
    REPLENISH_ACTION_REQUIRED(WalletEvent.ReplenishActionRequired.class, ReplenishActionRequired.getClassSchema(), 1),
    REPLENISHMENT_HELD_BACK(WalletEvent.ReplenishmentHeldBack.class, ReplenishmentHeldBack.getClassSchema(), 2),
    REPLENISHMENT_DISABLED(WalletEvent.ReplenishmentDisabled.class, ReplenishmentDisabled.getClassSchema(), 1),
    REPLENISH_SETTLED(WalletEvent.ReplenishSettled.class, ReplenishSettled.getClassSchema(), 1);

    private static final Map<String, StoredEventType> BY_NAME =
            Stream.of(values()).collect(toUnmodifiableMap(StoredEventType::typeName, type -> type));

    private static final Map<Class<?>, StoredEventType> BY_EVENT =
            Stream.of(values()).collect(toUnmodifiableMap(StoredEventType::event, type -> type));

    private final Class<? extends WalletEvent> event;

    @SuppressWarnings("ImmutableEnumChecker") // The schema of a generated class is never changed.
    private final Schema schema;

    private final int revision;

    StoredEventType(Class<? extends WalletEvent> event, Schema schema, int revision) {
        this.event = event;
        this.schema = schema;
        this.revision = revision;
    }

    static @Nullable StoredEventType named(String name) {
        return BY_NAME.get(name);
    }

    static @Nullable StoredEventType of(@Nullable Class<?> event) {
        return event == null ? null : BY_EVENT.get(event);
    }

    /** The public record's full name; what the store calls the payload type. */
    String typeName() {
        return schema.getFullName();
    }

    Class<? extends WalletEvent> event() {
        return event;
    }

    /** The schema in which events of this type are written and read today. */
    Schema schema() {
        return schema;
    }

    /** The revision of {@link #schema}; raised whenever the schema's text changes. */
    int revision() {
        return revision;
    }
}
