package io.drawdown.wallet.domain;

/** What a wallet lets happen. */
public enum WalletStatus {
    OPEN,
    /** Nothing is held, authorized or topped up. Usage is drawn down, because it has happened, and credit may come in. */
    PAUSED,
    /** Nor is anything drawn down or credited. Money that goes back, and time, take what they take. */
    CLOSED
}
