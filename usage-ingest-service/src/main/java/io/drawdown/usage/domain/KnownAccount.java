package io.drawdown.usage.domain;

import io.drawdown.support.time.Zone;

/**
 * What the gate needs to know about an account.
 *
 * @param accountId Drawdown's id, which is the record key of its usage
 * @param closed whether it may no longer use the product
 * @param zone in which its hours, days and months are counted
 */
public record KnownAccount(String accountId, boolean closed, Zone zone) {}
