package io.drawdown.billing.replenishment;

import io.drawdown.billing.domain.ChargeLine.CreditPrice;
import io.drawdown.billing.domain.Money;
import io.drawdown.events.catalog.Price;
import io.drawdown.events.catalog.PriceKind;
import io.drawdown.events.catalog.PricingScheme;
import io.drawdown.wire.view.CompactedTopicView;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** {@link CreditPrices} from the catalogue's topic. */
@Component
class CatalogCreditPrices implements CreditPrices {

    private final CompactedTopicView<Price> catalog;

    CatalogCreditPrices(CompactedTopicView<Price> catalog) {
        this.catalog = catalog;
    }

    @Override
    public List<CreditPrice> sellable() {
        return catalog.values().stream()
                .flatMap(CatalogCreditPrices::toCreditPrice)
                .toList();
    }

    private static Stream<CreditPrice> toCreditPrice(Price price) {
        var sellable = price.getCreditGrant()
                && price.getActive()
                && price.getKind() == PriceKind.ONE_OFF
                && price.getScheme() == PricingScheme.PER_UNIT;
        return Optional.ofNullable(price.getUnitAmount())
                .filter(_ -> sellable)
                .map(unit -> new Money(new BigDecimal(unit.getAmount()), unit.getCurrency()))
                .map(unit -> new CreditPrice(price.getPriceId(), unit))
                .stream();
    }
}
