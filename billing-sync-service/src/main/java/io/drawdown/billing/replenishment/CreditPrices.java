package io.drawdown.billing.replenishment;

import io.drawdown.billing.domain.ChargeLine.CreditPrice;
import java.util.List;

/** The one-off prices whose lines become credit and that may be sold now, as the catalogue has them. */
interface CreditPrices {

    List<CreditPrice> sellable();
}
