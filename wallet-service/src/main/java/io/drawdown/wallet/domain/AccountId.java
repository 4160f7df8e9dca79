package io.drawdown.wallet.domain;

/**
 * Identity of the account that owns a wallet, as crm-service gave it: short enough that the ids made from it, of wallets and
 * of replenishments, fit too.
 */
public record AccountId(String value) {

    static final int MAX_LENGTH = 190;

    /** @throws IllegalArgumentException if it is blank or has more than 190 characters */
    public AccountId {
        Ids.requireText(value, "account id", MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
