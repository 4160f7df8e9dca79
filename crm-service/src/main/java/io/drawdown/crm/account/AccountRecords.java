package io.drawdown.crm.account;

import io.drawdown.crm.account.domain.Account;
import io.drawdown.events.crm.AccountStatus;

/** Accounts on the wire. */
final class AccountRecords {

    private AccountRecords() {}

    static io.drawdown.events.crm.Account toRecord(Account account) {
        return io.drawdown.events.crm.Account.newBuilder()
                .setAccountId(account.accountId())
                .setName(account.name())
                .setEmail(account.email())
                .setOwner(account.owner())
                .setCurrency(account.currency())
                .setStatus(
                        switch (account.status()) {
                            case ACTIVE -> AccountStatus.ACTIVE;
                            case CLOSED -> AccountStatus.CLOSED;
                        })
                .setStripeCustomerId(account.stripeCustomerId())
                .setExternalKeys(account.externalKeys())
                .setCreatedAt(account.createdAt())
                .setUpdatedAt(account.updatedAt())
                .setTimeZone(account.timeZone().getId())
                .build();
    }
}
