package io.drawdown.usage.intake;

import io.drawdown.support.security.Allowed;

/**
 * Who sends, and what its key may say.
 *
 * @param sources whose events it may send
 * @param accounts ids of the accounts that it may charge
 * @param types event names of the meters that it may count on
 */
record Sender(Allowed sources, Allowed accounts, Allowed types) {

    boolean mayReport(String source, String type) {
        return sources.includes(source) && types.includes(type);
    }

    boolean mayCharge(String accountId) {
        return accounts.includes(accountId);
    }

    boolean isBoundToAccounts() {
        return !accounts.isAny();
    }
}
