package io.drawdown.usage.domain;

/**
 * What the gate needs to know about an account.
 *
 * @param accountId Drawdown's id, which is the record key of its usage
 * @param closed whether it may no longer use the product
 */
public record KnownAccount(String accountId, boolean closed) {}
