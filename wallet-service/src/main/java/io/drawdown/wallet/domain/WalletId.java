package io.drawdown.wallet.domain;

/**
 * Identity of a wallet. It is derived from the account, so that two attempts to open an account's wallet meet on the
 * same history, where only one can write the first event.
 */
public record WalletId(String value) {

    private static final String PREFIX = "wal_";

    /** @throws IllegalArgumentException if it is not the id of any account's wallet */
    public WalletId {
        Ids.requireText(value, "wallet id");
        if (!value.startsWith(PREFIX) || value.length() == PREFIX.length()) {
            throw new IllegalArgumentException("A wallet id is " + PREFIX + " and an account id, not " + value);
        }
    }

    /** The id of the one wallet that {@code account} has or will have. */
    public static WalletId of(AccountId account) {
        return new WalletId(PREFIX + account.value());
    }

    /** The account whose wallet this is. */
    public AccountId account() {
        return new AccountId(value.substring(PREFIX.length()));
    }

    /** The id of this wallet's replenishment number {@code number}, counted from 1. */
    ReplenishmentId replenishment(long number) {
        return new ReplenishmentId("rpl_" + account() + "_" + number);
    }

    /** Bare, because Axon stores an aggregate's identifier by its text. */
    @Override
    public String toString() {
        return value;
    }
}
