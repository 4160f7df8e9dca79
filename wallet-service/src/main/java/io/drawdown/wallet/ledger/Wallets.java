package io.drawdown.wallet.ledger;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.Wallet;
import io.drawdown.wallet.domain.WalletCommand;
import io.drawdown.wallet.domain.WalletCommand.OpenWallet;
import io.drawdown.wallet.domain.WalletCommand.RouteMeter;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;

/** All wallets. What changes one belongs into {@link Ledger#inTransaction}. */
public final class Wallets {

    private final WalletRepository repository;
    private final RecordedWallets recorded;
    private final AbsentWallets absent = new AbsentWallets();
    private final List<Runnable> openedListeners = new CopyOnWriteArrayList<>();

    Wallets(WalletRepository repository, RecordedWallets recorded) {
        this.repository = repository;
        this.recorded = recorded;
    }

    /** The wallet as recorded now, whichever process wrote last; waits for no writer. */
    public Optional<WalletState> find(WalletId id) {
        return Optional.ofNullable(repository.caughtUp(id.value()));
    }

    /**
     * As {@link #find}, but from memory where that was the latest state, or where there was no wallet, at most {@code maxAge}
     * ago. What this process writes is always in it.
     */
    public Optional<WalletState> recent(WalletId id, Duration maxAge) {
        var kept = recorded.get(id.value(), maxAge);
        return kept == null ? absent.orAsk(id.value(), maxAge, () -> find(id)) : Optional.of(kept);
    }

    /**
     * As {@link #find}.
     *
     * @throws NoSuchWallet if there is none
     */
    public WalletState get(WalletId id) {
        return find(id).orElseThrow(() -> new NoSuchWallet(id, null));
    }

    /**
     * Opens a wallet.
     *
     * @return its state within this transaction
     * @throws WalletExists if it is open already
     */
    public WalletState open(OpenWallet command) {
        find(command.walletId()).ifPresent(existing -> {
            throw new WalletExists(existing);
        });
        CurrentUnitOfWork.get().root().afterCommit(_ -> {
            absent.opened();
            openedListeners.forEach(Runnable::run);
        });
        try {
            return repository.newInstance(() -> new Wallet(command)).invoke(Wallet::state);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Opening " + command.walletId() + " failed", e);
        }
    }

    /**
     * Has a wallet decide on a command.
     *
     * @return its state within this transaction
     * @throws NoSuchWallet if there is none
     * @throws io.drawdown.wallet.domain.WalletRejection if it refuses
     */
    public WalletState execute(WalletCommand command) {
        var id = command.walletId();
        // An answer of "nothing to do" is guarded by no sequence: it needs the latest state.
        recorded.doubt(id.value());
        try {
            return update(id, wallet -> wallet.handle(command));
        } catch (AggregateNotFoundException e) {
            throw new NoSuchWallet(id, e);
        }
    }

    /**
     * Works on a wallet's kept state, which another process may have outrun: only for what is sure to record an event, so
     * that the store refuses an outdated decision.
     */
    public WalletState update(WalletId id, Consumer<Wallet> work) {
        var aggregate = repository.load(id.value());
        aggregate.execute(work);
        return requireNonNull(aggregate.invoke(Wallet::state));
    }

    /**
     * A wallet as it is kept, which another process may have outrun: for decisions that the sequence of another wallet guards,
     * and before anything is done to this one in the transaction.
     */
    public Optional<WalletState> known(WalletId id) {
        return Optional.ofNullable(repository.known(id.value()));
    }

    /** All wallets of an account, the main one first. */
    public List<WalletId> ofAccount(AccountId account) {
        return find(WalletId.of(account)).map(Wallets::withFurther).orElse(List.of());
    }

    private static List<WalletId> withFurther(WalletState main) {
        return Stream.concat(
                        Stream.of(main.id()), main.routes().further().stream().sorted(comparing(WalletId::value)))
                .toList();
    }

    /**
     * Lets a wallet pay for usage of a meter from now on; it may do so already.
     *
     * @throws NoSuchWallet if there is none, or no main wallet
     * @throws io.drawdown.wallet.domain.WalletRejection if it is closed
     */
    public void route(String meterId, WalletId to, Instant now) {
        var from = get(to.main()).payerOf(meterId);
        if (from.equals(to)) {
            return;
        }
        var mode = get(from).settlements().of(meterId);
        // In the order of their ids, as draw-downs take them.
        Stream.of(from, to, to.main())
                .distinct()
                .sorted(comparing(WalletId::value))
                .forEach(id -> execute(new RouteMeter(id, meterId, from, to, mode, now)));
    }

    /**
     * Makes sure that a wallet, which is locked by now, still pays for usage of these meters: whoever had the lock before may
     * have changed that. Between processes the main wallet's sequence does, and a further one's only as long as this process has not
     * heard of it otherwise: its main wallet is asked for as it is recorded now.
     *
     * @throws ConcurrencyException if it does not; the transaction should run again
     */
    public void requirePays(WalletState payer, Stream<String> meterIds) {
        var id = payer.id();
        var main = id.isMain() ? payer : get(id.main());
        if (!main.routes().further().isEmpty()
                && !meterIds.allMatch(meterId -> main.payerOf(meterId).equals(id))) {
            throw new ConcurrencyException("Another wallet than " + id + " pays by now");
        }
    }

    /** Has the next work on a wallet begin with its latest state: for answers that record no event. */
    public void doubt(WalletId id) {
        recorded.doubt(id.value());
    }

    /** The time of day as events have it. */
    public static Instant instantOf(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Calls the listener after this process has opened a wallet; it must return at once. */
    public void onOpened(Runnable listener) {
        openedListeners.add(listener);
    }

    /**
     * Those of {@code ids} for which there is a wallet. Reads those that are not in memory in a few queries, so that the transaction
     * may load them without any more.
     */
    public Set<String> existing(Collection<String> ids) {
        return repository.readAhead(ids);
    }
}
