package io.drawdown.wallet.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
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
        var recorded = new RecordedWallets(properties.walletsInMemory());
        CaffeineCacheMetrics.monitor(meters, recorded.cache(), "recorded-wallets");
        return recorded;
    }

    @Bean
    WalletRepository walletRepository(EventStore events, RecordedWallets recorded) {
        return new WalletRepository(events, recorded);
    }

    @Bean
    Wallets wallets(WalletRepository repository, RecordedWallets recorded, JdbcClient jdbc) {
        return new Wallets(repository, recorded, jdbc);
    }

    @Bean
    Ledger ledger(TransactionManager transactions) {
        return new Ledger(transactions);
    }
}
