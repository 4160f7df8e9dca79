package io.drawdown.wallet.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What one refund, dispute or credit note has taken of one grant.
 *
 * @param credit how much of the grant is clawed back now; zero after it was given back
 * @param lost how much of that had been lost before
 * @param owed how much of that had been spent or held, went into overdraft, and has not been repaid by what came back to the grant
 * @param costBasis how much of what was paid for it went back with it
 * @param seenAt of the state that this comes from; an older one counts no more
 */
record Reversal(
        String reversalId, GrantId grantId, Money credit, Money lost, Money owed, Money costBasis, Instant seenAt) {

    static Reversal none(Key key, WalletState wallet) {
        var zero = Money.zero(wallet.currency());
        return new Reversal(key.reversalId(), key.grantId(), zero, zero, zero, zero, wallet.recordedAt());
    }

    Key key() {
        return new Key(reversalId, grantId);
    }

    Reversal after(WalletEvent.CreditClawedBack event) {
        return new Reversal(
                reversalId,
                grantId,
                credit.plus(event.amount()).plus(event.lost()),
                lost.plus(event.lost()),
                owed.plus(event.overdraft()),
                costBasis.plus(event.costBasis()),
                event.seenAt());
    }

    Reversal after(WalletEvent.CreditGivenBack event) {
        return new Reversal(
                reversalId,
                grantId,
                credit.minus(event.amount()).minus(event.lost()),
                lost.minus(event.lost()),
                owed.minus(owed.min(event.amount())),
                costBasis.minus(event.costBasis()),
                event.seenAt());
    }

    /** After something has come back to its grant that it was to take. */
    Reversal owingLess(Money amount) {
        return new Reversal(reversalId, grantId, credit, lost, owed.minus(amount), costBasis, seenAt);
    }

    /** Those of one grant, by id. */
    static List<Reversal> of(GrantId id, Collection<Reversal> reversals) {
        return reversals.stream()
                .filter(reversal -> reversal.grantId.equals(id))
                .sorted(Comparator.comparing(Reversal::reversalId))
                .toList();
    }

    /** One reversal may touch several grants, and one grant may have several reversals. */
    record Key(String reversalId, GrantId grantId) {}
}
