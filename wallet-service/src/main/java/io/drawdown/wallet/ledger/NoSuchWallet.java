package io.drawdown.wallet.ledger;

import io.drawdown.wallet.domain.WalletId;
import org.jspecify.annotations.Nullable;

/** There is no wallet of this id. */
public final class NoSuchWallet extends RuntimeException {

    NoSuchWallet(WalletId id, @Nullable Throwable cause) {
        super("There is no wallet " + id + "; open one for its account first", cause);
    }
}
