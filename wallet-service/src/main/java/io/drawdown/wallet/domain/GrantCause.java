package io.drawdown.wallet.domain;

import org.jspecify.annotations.Nullable;

/** Why credit came in. */
public sealed interface GrantCause {

    /**
     * A paid invoice.
     *
     * @param replenishmentId the replenishment that the invoice charged, if it charged one
     */
    record PaidInvoice(
            String invoiceId, String lineId, @Nullable ReplenishmentId replenishmentId) implements GrantCause {}

    /** A bonus with what a paid invoice bought. */
    record Bonus(PaidInvoice purchase) implements GrantCause {}

    /** Somebody gave it, for a reason that people read. */
    record Given(String reason) implements GrantCause {}
}
