package io.drawdown.wallet.domain;

/** Identity of the account that owns a wallet, as crm-service gave it. */
public record AccountId(String value) {

    public AccountId {
        Ids.requireText(value, "account id");
    }

    @Override
    public String toString() {
        return value;
    }
}
