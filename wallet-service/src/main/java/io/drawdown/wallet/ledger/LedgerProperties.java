package io.drawdown.wallet.ledger;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the wallets are kept.
 *
 * @param walletsInMemory states kept for quick draw-downs, about a kilobyte each; wallets beyond that are read anew from
 *     their events when usage arrives
 */
@ConfigurationProperties("drawdown.wallet.ledger")
record LedgerProperties(@DefaultValue("200000") long walletsInMemory) {}
