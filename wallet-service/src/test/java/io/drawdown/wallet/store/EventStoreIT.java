package io.drawdown.wallet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.support.time.Zone;
import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletIntegrationTest;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.EventHeader;
import io.drawdown.wallet.domain.GrantCause;
import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.GrantKind;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.ReplenishmentPolicy;
import io.drawdown.wallet.domain.WalletCommand.ChangeReplenishmentPolicy;
import io.drawdown.wallet.domain.WalletCommand.GiveCredit;
import io.drawdown.wallet.domain.WalletCommand.OpenWallet;
import io.drawdown.wallet.domain.WalletEvent;
import io.drawdown.wallet.domain.WalletEvent.CreditGranted;
import io.drawdown.wallet.domain.WalletEvent.ReplenishmentPolicyChanged;
import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.domain.WalletState;
import io.drawdown.wallet.ledger.Ledger;
import io.drawdown.wallet.ledger.Wallets;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class EventStoreIT extends WalletIntegrationTest {

    static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    static final Currency USD = Currency.getInstance("USD");

    final AccountId account = new AccountId(Outside.unique("acc"));
    final WalletId wallet = WalletId.of(account);

    @Autowired
    private Ledger ledger;

    @Autowired
    private Wallets wallets;

    @Autowired
    private EventStore events;

    @Autowired
    private EventStorageEngine engine;

    @Autowired
    private TransactionManager transactions;

    @Autowired
    private PersistenceExceptionResolver resolver;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void usesSpringsTransactions() {
        assertThat(transactions).isInstanceOf(SpringTransactionManager.class);
        assertThat(engine).isInstanceOf(CopyingEventStorageEngine.class);
        assertThat(resolver).isInstanceOf(UniqueViolations.class);
    }

    @Test
    void aTransactionThatIsRolledBackLeavesNoEventBehind() {
        assertThatThrownBy(() -> ledger.inTransaction(() -> {
                    wallets.open(open());
                    throw new IllegalStateException("after the decision");
                }))
                .hasMessage("after the decision");
        assertThat(stored()).isZero();
        assertThat(wallets.find(wallet)).isEmpty();
    }

    @Test
    void aFailureAfterTheDecisionLeavesNoStateInMemory() {
        ledger.inTransaction(() -> wallets.open(open()));
        assertThatThrownBy(() -> ledger.inTransaction(() -> {
                    var after = wallets.execute(give("g1"));
                    jdbc.sql("select 1 / 0").query(Integer.class).single();
                    return after;
                }))
                .isInstanceOf(RuntimeException.class);
        assertThat(wallets.get(wallet).version()).isEqualTo(1);
        assertThat(ledger.inTransaction(() -> wallets.execute(give("g1"))).version())
                .isEqualTo(2);
    }

    @Test
    void aConflictIsSeenAsOneAndRunAgainOnWhatIsRecorded() {
        ledger.inTransaction(() -> wallets.open(open()));
        var runs = new AtomicInteger();
        ledger.inTransaction(() -> {
            if (runs.incrementAndGet() == 1) {
                anotherProcessGives("other");
            }
            return wallets.update(wallet, w -> w.handle(give("mine")));
        });
        assertThat(runs).hasValue(2);
        assertThat(grantIds()).containsExactlyInAnyOrder(new GrantId("other"), new GrantId("mine"));
        assertThat(stored()).isEqualTo(3);
    }

    private List<GrantId> grantIds() {
        return wallets.get(wallet).grantIds().sets().stream()
                .flatMap(Set::stream)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "do $$ begin raise 'a deadlock' using errcode = '40P01'; end $$",
                "do $$ begin perform pg_sleep(0.6); raise 'a deadlock, waited for' using errcode = '40P01'; end $$",
                "do $$ begin raise 'not serializable' using errcode = '40001'; end $$",
                "select pg_terminate_backend(pg_backend_pid())"
            })
    void whatTheDatabaseBrokeOffIsRunAgain(String breakOff) {
        ledger.inTransaction(() -> wallets.open(open()));
        var runs = new AtomicInteger();
        ledger.inTransaction(() -> {
            var given = wallets.execute(give("g1"));
            if (runs.incrementAndGet() == 1) {
                jdbc.sql(breakOff).query((_, _) -> 1).list();
            }
            return given;
        });
        assertThat(runs).hasValue(2);
        assertThat(grantIds()).containsExactly(new GrantId("g1"));
        assertThat(stored()).isEqualTo(2);
    }

    /** Else the thread's next work would join it, and be lost with it. */
    @Test
    void anErrorWhileItCommitsLeavesNoTransactionBehind() {
        ledger.inTransaction(() -> wallets.open(open()));
        assertThatThrownBy(() -> ledger.inTransaction(() -> {
                    CurrentUnitOfWork.get().onPrepareCommit(_ -> {
                        throw new StackOverflowError("too large");
                    });
                    return wallets.execute(give("lost"));
                }))
                .isInstanceOf(StackOverflowError.class);
        assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                .isFalse();

        ledger.inTransaction(() -> wallets.execute(give("kept")));
        assertThat(grantIds()).containsExactly(new GrantId("kept"));
        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void whatIsWrongInItselfIsNotRunAgain() {
        var runs = new AtomicInteger();
        assertThatThrownBy(() -> ledger.inTransaction(() -> {
                    runs.incrementAndGet();
                    return jdbc.sql("select 1 / 0").query(Integer.class).single();
                }))
                .isInstanceOf(RuntimeException.class);
        assertThat(runs).hasValue(1);
    }

    @Test
    void theSameSequenceTwiceIsAConcurrencyException() {
        ledger.inTransaction(() -> wallets.open(open()));
        var again = events.readEvents(wallet.value()).next();
        var same =
                new GenericDomainEventMessage<>("Wallet", wallet.value(), 0, again.getPayload(), again.getMetaData());
        assertThatThrownBy(() -> transactions.executeInTransaction(() -> engine.appendEvents(List.of(same))))
                .isInstanceOf(AggregateStreamCreationException.class);
        ledger.inTransaction(() -> wallets.execute(give("g1")));
        var second = events.readEvents(wallet.value(), 1).next();
        var sameSecond = new GenericDomainEventMessage<>("Wallet", wallet.value(), 1, second.getPayload());
        assertThatThrownBy(() -> transactions.executeInTransaction(() -> engine.appendEvents(List.of(sameSecond))))
                .isInstanceOf(ConcurrencyException.class);
    }

    @Test
    void readsWhatAnotherProcessHasWritten() {
        ledger.inTransaction(() -> wallets.open(open()));
        wallets.get(wallet);
        anotherProcessGives("other");
        assertThat(wallets.get(wallet).settledAt(NOW)).isEqualTo(Money.of("5", USD));
    }

    @Test
    void writersOfOneWalletInOneProcessTakeTurns() throws Exception {
        ledger.inTransaction(() -> wallets.open(open()));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = IntStream.range(0, 64)
                    .mapToObj(i -> threads.submit(() -> ledger.inTransaction(() -> wallets.execute(give("g" + i)))))
                    .toList();
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        assertThat(wallets.get(wallet).version()).isEqualTo(65);
        assertThat(wallets.get(wallet).settledAt(NOW)).isEqualTo(Money.of("320", USD));
        assertThat(stored()).isEqualTo(65);
    }

    /** What is kept in memory says "switched off already"; the store says otherwise. */
    @Test
    void aCommandDecidesOnWhatAnotherProcessHasWritten() {
        ledger.inTransaction(() -> wallets.open(open()));
        wallets.get(wallet);
        anotherProcessWrites(state -> new ReplenishmentPolicyChanged(
                new EventHeader(wallet, account, state.version(), NOW),
                true,
                BigDecimal.TEN,
                BigDecimal.TEN,
                null,
                null,
                Duration.ZERO,
                0,
                null));
        var off = new ReplenishmentPolicy(false, Money.zero(USD), Money.zero(USD));
        ledger.inTransaction(() -> wallets.execute(new ChangeReplenishmentPolicy(wallet, off, NOW)));
        assertThat(wallets.get(wallet).replenishment().policy()).isEqualTo(off);
        assertThat(stored()).isEqualTo(3);
    }

    private void anotherProcessGives(String grant) {
        anotherProcessWrites(state -> granted(state, grant));
    }

    private CreditGranted granted(WalletState state, String grant) {
        return new CreditGranted(
                new EventHeader(wallet, account, state.version(), NOW),
                new GrantId(grant),
                Money.of("5", USD),
                Money.zero(USD),
                GrantKind.PROMOTIONAL,
                50,
                NOW,
                null,
                List.of(),
                null,
                Money.zero(USD),
                new GrantCause.Given("test"),
                state.settledAt(NOW).plus(Money.of("5", USD)));
    }

    /** Straight into the table, past this process's memory and locks, as another instance would. */
    private void anotherProcessWrites(Function<WalletState, WalletEvent> next) {
        try (var other = Executors.newSingleThreadExecutor()) {
            other.submit(() -> {
                        var events = this.events.readEvents(wallet.value());
                        WalletState state = null;
                        while (events.hasNext()) {
                            state = WalletState.evolve(
                                    state, (WalletEvent) events.next().getPayload());
                        }
                        DomainEventMessage<?> message = new GenericDomainEventMessage<>(
                                "Wallet", wallet.value(), state.version(), next.apply(state));
                        transactions.executeInTransaction(() -> engine.appendEvents(List.of(message)));
                    })
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private OpenWallet open() {
        return new OpenWallet(wallet, account, USD, Zone.UTC, NOW);
    }

    private GiveCredit give(String grant) {
        return new GiveCredit(
                wallet, new GrantId(grant), Money.of("5", USD), 50, null, null, List.of(), null, "test", NOW);
    }

    private long stored() {
        return jdbc.sql("select count(*) from wallet_event where aggregate_identifier = ?")
                .param(wallet.value())
                .query(Long.class)
                .single();
    }
}
