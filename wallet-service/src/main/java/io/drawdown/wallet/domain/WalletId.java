package io.drawdown.wallet.domain;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Identity of a wallet. It is derived from the account, so that two attempts to open an account's wallet meet on the
 * same history, where only one can write the first event: {@code wal_<account>} for its main wallet, {@code
 * wal.<name>_<account>} for a further one. No name has an underscore, so no two wallets share an id.
 */
public record WalletId(String value) {

    private static final String MAIN = "wal_";
    private static final String FURTHER = "wal.";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    /** @throws IllegalArgumentException if it is not the id of any account's wallet */
    public WalletId {
        Ids.requireText(value, "wallet id");
        int account = accountAt(value);
        if (value.substring(account).isBlank() || value.length() - account > AccountId.MAX_LENGTH) {
            throw new IllegalArgumentException("A wallet id is " + MAIN + " and an account id, or " + FURTHER
                    + " with a name, an underscore and an account id, not " + value);
        }
    }

    /** Where the account's id begins; beyond the end if this is no id of a wallet. */
    private static int accountAt(String value) {
        if (value.startsWith(MAIN)) {
            return MAIN.length();
        }
        int end = value.startsWith(FURTHER) ? value.indexOf('_') : -1;
        boolean isNamed =
                end > 0 && NAME.matcher(value.substring(FURTHER.length(), end)).matches();
        return isNamed ? end + 1 : value.length();
    }

    /** The id of the main wallet that {@code account} has or will have. */
    public static WalletId of(AccountId account) {
        return new WalletId(MAIN + account.value());
    }

    /**
     * The id of a further wallet of {@code account}.
     *
     * @throws IllegalArgumentException if the name is not 1 to 40 small letters, digits and hyphens
     */
    public static WalletId of(AccountId account, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A wallet's name has 1 to 40 small letters, digits and hyphens, not " + name);
        }
        return new WalletId(FURTHER + name + "_" + account.value());
    }

    /** The id in a text that somebody else wrote; empty if it is none. */
    public static Optional<WalletId> parse(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(WalletId::new);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The account whose wallet this is. */
    public AccountId account() {
        return new AccountId(value.substring(accountAt(value)));
    }

    /** Whether it is the account's main wallet. */
    public boolean isMain() {
        return value.startsWith(MAIN);
    }

    /** The main wallet of the same account. */
    public WalletId main() {
        return isMain() ? this : of(account());
    }

    /** The id of this wallet's replenishment number {@code number}, counted from 1. */
    ReplenishmentId replenishment(long number) {
        return new ReplenishmentId("rpl" + value.substring("wal".length()) + "_" + number);
    }

    /** Bare, because Axon stores an aggregate's identifier by its text. */
    @Override
    public String toString() {
        return value;
    }
}
