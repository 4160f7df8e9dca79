package io.drawdown.wallet.ledger;

import io.drawdown.wallet.snapshot.SnapshotTable;
import io.drawdown.wallet.snapshot.Snapshots;
import io.drawdown.wallet.store.ClockAgreement;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.time.Clock;
import java.time.Duration;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LedgerProperties.class)
class LedgerConfiguration {

    @Bean
    RecordedWallets recordedWallets(LedgerProperties properties, MeterRegistry meters) {
        var recorded =
                new RecordedWallets(properties.walletsKept(Runtime.getRuntime().maxMemory()));
        CaffeineCacheMetrics.monitor(meters, recorded.cache(), "recorded-wallets");
        return recorded;
    }

    @Bean
    DueWallets dueWallets(JdbcClient jdbc) {
        return new DueWallets(jdbc);
    }

    @Bean
    SnapshotTable snapshotTable(JdbcClient jdbc) {
        return new SnapshotTable(jdbc);
    }

    @Bean
    Snapshots snapshots(SnapshotTable table, LedgerProperties properties) {
        return new Snapshots(table, properties.snapshotEvery());
    }

    @Bean
    WhenAsked snapshotWriting(Snapshots snapshots) {
        return new WhenAsked("snapshots", Duration.ofSeconds(1), snapshots::write);
    }

    @Bean
    Replay replay(WalletHistory history, SnapshotTable table, Snapshots snapshots) {
        return new Replay(history, table, snapshots);
    }

    @Bean
    WalletRepository walletRepository(
            EventStore events, Replay replay, RecordedWallets recorded, DueWallets dueWallets, Snapshots snapshots) {
        return new WalletRepository(events, replay, recorded, dueWallets, snapshots);
    }

    @Bean
    Wallets wallets(WalletRepository repository, RecordedWallets recorded) {
        return new Wallets(repository, recorded);
    }

    @Bean
    Ledger ledger(TransactionManager transactions, ClockAgreement clocks, LedgerProperties properties) {
        return new Ledger(transactions, clocks, new Turns(properties.requestsAtOnce(), properties.requestWait()));
    }

    @Bean
    FailingWallets failingWallets(MeterRegistry meters) {
        var failing = new FailingWallets();
        Gauge.builder("drawdown.wallet.due.failing", failing, FailingWallets::count)
                .description("Wallets whose due matters could not be settled when they were tried last")
                .register(meters);
        return failing;
    }

    @Bean
    WhenAsked dueSweeps(
            DueWallets dueWallets,
            Ledger ledger,
            Wallets wallets,
            FailingWallets failing,
            Clock clock,
            ClockAgreement clocks,
            LedgerProperties properties) {
        var sweep = new DueSweep(dueWallets, ledger, wallets, failing, clock, clocks);
        return new WhenAsked("due-sweep", properties.settleDueEvery(), sweep::sweep);
    }
}
