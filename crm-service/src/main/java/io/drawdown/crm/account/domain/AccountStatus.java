package io.drawdown.crm.account.domain;

/** Whether an account may use the product. */
public enum AccountStatus {
    ACTIVE,
    CLOSED
}
