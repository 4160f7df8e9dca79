package io.drawdown.wallet.authorization;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.drawdown.wallet.api.MoneyJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether an account may spend.
 *
 * @param reason why not: {@code insufficient-credit}, {@code no-wallet}, {@code wrong-currency}, {@code wallet-paused} or
 *     {@code wallet-closed}
 * @param spendable what it may spend at most, its overdraft limit included; absent without a wallet
 * @param sequence of the last event of the wallet that is recorded and in the answer; absent without a wallet
 * @param at what has become due by this instant counts, recorded or not: credit that has begun, that has rolled over or that a hold
 *     has given back; credit that has expired does not. What other instances have written in the last
 *     {@code drawdown.wallet.authorization.max-age} before it may be missing; {@code sequence} says what is in
 */
@JsonInclude(Include.NON_NULL)
record Authorization(
        boolean allowed,
        @Nullable String reason,
        @Nullable MoneyJson spendable,
        @Nullable Long sequence,
        Instant at) {}
