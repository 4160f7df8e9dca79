package io.drawdown.wallet.api;

import io.drawdown.support.problem.ProblemException;
import io.drawdown.wallet.domain.AccountId;
import io.drawdown.wallet.domain.GrantId;
import io.drawdown.wallet.domain.HoldId;
import io.drawdown.wallet.domain.WalletId;
import org.springframework.http.HttpStatus;

/** Reads ids of paths. */
public final class Ids {

    private Ids() {}

    /** @throws ProblemException 404 {@code unknown-wallet} for what cannot be the id of a wallet */
    public static WalletId wallet(String id) {
        try {
            return new WalletId(id);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND, "unknown-wallet", "There is no wallet of this id: " + e.getMessage(), e);
        }
    }

    /** @throws ProblemException 404 {@code unknown-grant} for what cannot be the id of a grant */
    static GrantId grant(String id) {
        try {
            return new GrantId(id);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND, "unknown-grant", "There is no grant of this id: " + e.getMessage(), e);
        }
    }

    /** @throws ProblemException 404 {@code unknown-hold} for what cannot be the id of a hold */
    static HoldId hold(String id) {
        try {
            return new HoldId(id);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND, "unknown-hold", "There is no hold of this id: " + e.getMessage(), e);
        }
    }

    /** @throws ProblemException 400 {@code invalid-account} for what cannot be the id of an account */
    public static WalletId walletOf(String account) {
        try {
            return WalletId.of(new AccountId(account));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(HttpStatus.BAD_REQUEST, "invalid-account", String.valueOf(e.getMessage()), e);
        }
    }
}
