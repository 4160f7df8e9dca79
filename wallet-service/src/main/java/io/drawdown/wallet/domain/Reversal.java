package io.drawdown.wallet.domain;

import java.time.Instant;

/**
 * What one refund, dispute or credit note has taken of one grant.
 *
 * @param credit how much of the grant is clawed back now; zero after it was given back
 * @param costBasis how much of what was paid for it went back with it
 * @param seenAt of the state that this comes from; an older one counts no more
 */
record Reversal(String reversalId, GrantId grantId, Money credit, Money costBasis, Instant seenAt) {

    /** One reversal may touch several grants, and one grant may have several reversals. */
    record Key(String reversalId, GrantId grantId) {}
}
