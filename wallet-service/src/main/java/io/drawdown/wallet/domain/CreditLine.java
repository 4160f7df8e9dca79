package io.drawdown.wallet.domain;

import io.drawdown.support.time.Zone;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of a paid invoice that buys credit.
 *
 * @param amount what it is worth; positive
 * @param costBasis what was paid for it
 * @param quantity how many units it sells; absent when it does not say
 * @param terms what the credit is like
 */
public record CreditLine(
        String lineId,
        Money amount,
        Money costBasis,
        @Nullable BigDecimal quantity,
        CreditTerms terms) {

    /** For everything, for ever. */
    public CreditLine(String lineId, Money amount, Money costBasis) {
        this(lineId, amount, costBasis, null, CreditTerms.USUAL);
    }

    public CreditLine {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException(
                    "Invoice line " + lineId + " is worth " + amount + " and buys no credit");
        }
    }

    /**
     * The grants that it brings when it is credited at an instant, as they are given: what was bought, then the bonus if there
     * is one.
     *
     * @param zone in which their validity is counted
     */
    public List<Grant> grants(Instant at, Zone zone) {
        var grants = new ArrayList<>(List.of(grant(GrantId.ofInvoiceLine(lineId), amount, GrantKind.PAID, at, zone)));
        var bonus = terms.bonus() == null
                ? Money.zero(amount.currency())
                : terms.bonus().on(this);
        if (bonus.isPositive()) {
            grants.add(grant(GrantId.ofBonus(lineId), bonus, GrantKind.PROMOTIONAL, at, zone));
        }
        return List.copyOf(grants);
    }

    private Grant grant(GrantId id, Money worth, GrantKind kind, Instant at, Zone zone) {
        return new Grant(id, worth, kind, terms.priority(), at, terms.end(at, zone), terms.meterIds(), at);
    }
}
