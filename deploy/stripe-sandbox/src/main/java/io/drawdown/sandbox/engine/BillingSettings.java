package io.drawdown.sandbox.engine;

import java.math.RoundingMode;
import java.util.HashSet;
import java.util.List;

/**
 * What Stripe does not say about the lines of invoices and about billing credits.
 *
 * @param rounding how the exact amount of a line becomes a whole number of minor units; unused time that is
 *     given back is rounded like the amount that was charged for it
 * @param grantOrder what decides which credit grant pays first, the weightiest first; of grants that are alike in all of it
 *     the one created first does
 * @param unusedGrants how many credit grants with something left a customer has at most
 * @param usedGrantsVoidable whether what is left of a credit grant can be voided after something was taken from it
 */
public record BillingSettings(
        RoundingMode rounding, List<GrantOrder> grantOrder, int unusedGrants, boolean usedGrantsVoidable) {

    /** One reason why a credit grant pays before another. */
    public enum GrantOrder {
        PRIORITY,
        SOONER_EXPIRY,
        PROMOTIONAL_FIRST,
        EARLIER_EFFECTIVE
    }

    /** Half up; by priority, end, category and beginning; a hundred grants; only what is whole can be voided. */
    public static final BillingSettings DEFAULT =
            new BillingSettings(RoundingMode.HALF_UP, List.of(GrantOrder.values()), 100, false);

    public BillingSettings {
        grantOrder = List.copyOf(grantOrder);
        if (rounding == RoundingMode.UNNECESSARY) {
            throw new IllegalArgumentException("Amounts of lines must be rounded in some way");
        }
        if (new HashSet<>(grantOrder).size() < grantOrder.size()) {
            throw new IllegalArgumentException("What orders credit grants is named once, not as in " + grantOrder);
        }
        if (unusedGrants < 1) {
            throw new IllegalArgumentException("A customer has at least one credit grant, not " + unusedGrants);
        }
    }
}
