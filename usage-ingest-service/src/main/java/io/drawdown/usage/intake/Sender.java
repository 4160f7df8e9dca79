package io.drawdown.usage.intake;

import io.drawdown.support.security.Allowed;
import org.jspecify.annotations.Nullable;

/**
 * Who sends, and what its key may say.
 *
 * @param sources whose events it may send
 * @param accounts ids of the accounts that it may charge
 * @param types event names of the meters that it may count on
 */
record Sender(Allowed sources, Allowed accounts, Allowed types) {

    /** What could not be read might be anything, and is for a key that is bound to nothing. */
    boolean mayReport(@Nullable String source, @Nullable String type) {
        return includes(sources, source) && includes(types, type);
    }

    private static boolean includes(Allowed allowed, @Nullable String name) {
        return allowed.isAny() || (name != null && allowed.includes(name));
    }

    boolean mayCharge(String accountId) {
        return accounts.includes(accountId);
    }

    boolean isBoundToAccounts() {
        return !accounts.isAny();
    }
}
