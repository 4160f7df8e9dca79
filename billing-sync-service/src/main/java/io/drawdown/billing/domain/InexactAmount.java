package io.drawdown.billing.domain;

import org.jspecify.annotations.Nullable;

/** An amount that Stripe cannot charge exactly; rounding it here would lose money in silence. */
public class InexactAmount extends RuntimeException {

    private static final long serialVersionUID = 1;

    InexactAmount(Money money, @Nullable Throwable cause) {
        super(
                "Stripe cannot charge " + money + " exactly; ask for an amount with at most "
                        + MinorUnit.decimals(money.currency()) + " decimals (in whole steps of what cards allow).",
                cause);
    }
}
