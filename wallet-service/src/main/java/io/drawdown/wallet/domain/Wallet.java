package io.drawdown.wallet.domain;

import static java.util.Objects.requireNonNull;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.drawdown.wallet.domain.WalletCommand.AddWallet;
import io.drawdown.wallet.domain.WalletCommand.AdjustArrears;
import io.drawdown.wallet.domain.WalletCommand.AdjustUsage;
import io.drawdown.wallet.domain.WalletCommand.AwaitCustomer;
import io.drawdown.wallet.domain.WalletCommand.CaptureHold;
import io.drawdown.wallet.domain.WalletCommand.ChangeOverdraftLimit;
import io.drawdown.wallet.domain.WalletCommand.ChangeReplenishmentPolicy;
import io.drawdown.wallet.domain.WalletCommand.ChangeSettlement;
import io.drawdown.wallet.domain.WalletCommand.ChangeStatus;
import io.drawdown.wallet.domain.WalletCommand.CreditPaidInvoice;
import io.drawdown.wallet.domain.WalletCommand.DrawDown;
import io.drawdown.wallet.domain.WalletCommand.FailReplenishment;
import io.drawdown.wallet.domain.WalletCommand.FollowReversal;
import io.drawdown.wallet.domain.WalletCommand.GiveCredit;
import io.drawdown.wallet.domain.WalletCommand.LeaveToArrears;
import io.drawdown.wallet.domain.WalletCommand.OpenWallet;
import io.drawdown.wallet.domain.WalletCommand.PlaceHold;
import io.drawdown.wallet.domain.WalletCommand.ReleaseHold;
import io.drawdown.wallet.domain.WalletCommand.RequestTopUp;
import io.drawdown.wallet.domain.WalletCommand.RouteMeter;
import io.drawdown.wallet.domain.WalletCommand.SettleDue;
import io.drawdown.wallet.domain.WalletCommand.VoidGrant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.jspecify.annotations.Nullable;

/**
 * A prepaid wallet as Axon sees it: a shell that remembers a {@link WalletState} and records what {@link Decisions}
 * decides. It holds no rule of its own.
 */
@AggregateRoot(type = "Wallet")
public class Wallet {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it.
    private @Nullable String id;

    private @Nullable WalletState state;

    /** Whether events are applied that have been folded when they were decided on: they need not be a second time. */
    private boolean folded;

    /** Axon rebuilds the wallet from its events through this constructor. */
    protected Wallet() {}

    /** A wallet that continues from a state that has been recorded. */
    public Wallet(WalletState recorded) {
        id = recorded.id().value();
        state = recorded;
    }

    @CommandHandler
    public Wallet(OpenWallet command) {
        apply(Decisions.open(command));
    }

    @CommandHandler
    void on(ChangeReplenishmentPolicy command) {
        handle(command);
    }

    @CommandHandler
    void on(GiveCredit command) {
        handle(command);
    }

    @CommandHandler
    void on(CreditPaidInvoice command) {
        handle(command);
    }

    @CommandHandler
    void on(VoidGrant command) {
        handle(command);
    }

    @CommandHandler
    void on(ChangeOverdraftLimit command) {
        handle(command);
    }

    @CommandHandler
    void on(PlaceHold command) {
        handle(command);
    }

    @CommandHandler
    void on(CaptureHold command) {
        handle(command);
    }

    @CommandHandler
    void on(ReleaseHold command) {
        handle(command);
    }

    @CommandHandler
    void on(RequestTopUp command) {
        handle(command);
    }

    @CommandHandler
    void on(FollowReversal command) {
        handle(command);
    }

    @CommandHandler
    void on(SettleDue command) {
        handle(command);
    }

    @CommandHandler
    void on(AwaitCustomer command) {
        handle(command);
    }

    @CommandHandler
    void on(FailReplenishment command) {
        handle(command);
    }

    @CommandHandler
    void on(AddWallet command) {
        handle(command);
    }

    @CommandHandler
    void on(RouteMeter command) {
        handle(command);
    }

    @CommandHandler
    void on(ChangeStatus command) {
        handle(command);
    }

    @CommandHandler
    void on(ChangeSettlement command) {
        handle(command);
    }

    @CommandHandler
    void on(LeaveToArrears command) {
        handle(command);
    }

    @CommandHandler
    void on(AdjustArrears command) {
        handle(command);
    }

    @CommandHandler
    void on(AdjustUsage command) {
        handle(command);
    }

    @CommandHandler
    void on(DrawDown command) {
        handle(command);
    }

    /**
     * Decides on a command and records what comes of it.
     *
     * @throws WalletRejection if the wallet refuses
     */
    public void handle(WalletCommand command) {
        handle(List.of(command));
    }

    /**
     * Decides on one command after the other, and records what comes of all of them.
     *
     * @throws WalletRejection if the wallet refuses one of them: then nothing is recorded
     */
    public void handle(List<? extends WalletCommand> commands) {
        var events = new ArrayList<WalletEvent>();
        var after = state();
        for (var command : commands) {
            var decision = Decisions.decide(after, command);
            events.addAll(decision.events());
            after = decision.after();
        }
        folded = true;
        try {
            events.forEach(AggregateLifecycle::apply);
        } finally {
            folded = false;
        }
        state = after;
    }

    @EventSourcingHandler
    void on(WalletEvent event) {
        id = event.header().walletId().value();
        if (!folded) {
            state = WalletState.evolve(state, event);
        }
    }

    /**
     * What the wallet is now, what this unit of work has applied included.
     *
     * @throws NullPointerException before the first event
     */
    public WalletState state() {
        return requireNonNull(state, "A wallet has no state before it is opened");
    }
}
