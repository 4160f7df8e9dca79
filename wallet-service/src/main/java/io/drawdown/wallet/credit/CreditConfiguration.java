package io.drawdown.wallet.credit;

import io.drawdown.wallet.account.AccountZones;
import io.drawdown.wallet.catalog.Catalogue;
import io.drawdown.wallet.ledger.Wallets;
import io.drawdown.wallet.ledger.WhenAsked;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReplenishmentProperties.class)
class CreditConfiguration {

    @Bean
    WhenAsked parkedCreditReplays(
            Credits credits,
            Catalogue catalogue,
            AccountZones accounts,
            Wallets wallets,
            @Value("${drawdown.wallet.credit.replay-every:30s}") Duration every) {
        var replays = new WhenAsked("parked-credit-replay", every, credits::creditParked);
        catalogue.onChange(replays::ask);
        accounts.onChange(replays::ask);
        wallets.onOpened(replays::ask);
        return replays;
    }
}
