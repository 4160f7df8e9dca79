package io.drawdown.billing.arrears;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Quantities of one account and meter in some hours, as decimal numerals.
 *
 * @param left what the ledger has left to arrears
 * @param sent the part of it that Stripe has accepted
 * @param settled what was billed by hand besides, less what was given back by hand
 * @param counted what Stripe has counted; absent for an account without a customer
 */
record ComparisonView(
        String left, String sent, String settled, @Nullable String counted) {

    static ComparisonView of(Totals totals, @Nullable BigDecimal counted) {
        return new ComparisonView(
                numeral(totals.left()),
                numeral(totals.sent()),
                numeral(totals.settled()),
                counted == null ? null : numeral(counted));
    }

    static String numeral(BigDecimal quantity) {
        return quantity.signum() == 0 ? "0" : quantity.stripTrailingZeros().toPlainString();
    }
}
