package io.drawdown.wallet.domain;

/**
 * A line of a paid invoice that buys credit.
 *
 * @param amount what it is worth; positive
 * @param costBasis what was paid for it
 */
public record CreditLine(String lineId, Money amount, Money costBasis) {

    public CreditLine {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException(
                    "Invoice line " + lineId + " is worth " + amount + " and buys no credit");
        }
    }
}
