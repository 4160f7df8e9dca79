package io.drawdown.wallet.catalog;

import io.drawdown.events.catalog.CreditTerms;
import io.drawdown.events.catalog.Price;
import io.drawdown.wallet.domain.Bonus;
import io.drawdown.wallet.domain.Money;
import io.drawdown.wallet.domain.Rollover;
import io.drawdown.wallet.domain.Validity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the catalogue's records to the terms of bought credit. */
final class PriceTerms {

    private PriceTerms() {}

    /** The terms that were in force at an instant. */
    static io.drawdown.wallet.domain.CreditTerms of(Price price, Instant paidAt) {
        return price.getCreditTerms().stream()
                .filter(terms -> !terms.getEffectiveAt().isAfter(paidAt))
                .reduce((_, later) -> later)
                .map(PriceTerms::terms)
                .orElse(io.drawdown.wallet.domain.CreditTerms.USUAL);
    }

    private static io.drawdown.wallet.domain.CreditTerms terms(CreditTerms terms) {
        return new io.drawdown.wallet.domain.CreditTerms(
                terms.getValidFor() == null ? null : Validity.of(terms.getValidFor()),
                List.copyOf(terms.getMeterIds()),
                terms.getPriority(),
                bonus(terms),
                rollover(terms.getRollover()));
    }

    private static @Nullable Bonus bonus(CreditTerms terms) {
        if (terms.getBonusShare() != null) {
            return new Bonus.Share(new BigDecimal(terms.getBonusShare()));
        }
        return terms.getBonusAmount() == null ? null : new Bonus.PerUnit(money(terms.getBonusAmount()));
    }

    private static @Nullable Rollover rollover(io.drawdown.events.catalog.@Nullable Rollover rollover) {
        return rollover == null ? null : new Rollover(limit(rollover), Validity.of(rollover.getValidFor()));
    }

    private static Rollover.Limit limit(io.drawdown.events.catalog.Rollover rollover) {
        return rollover.getMostAmount() == null
                ? new Rollover.Share(new BigDecimal(rollover.getMostShare()))
                : new Rollover.Most(money(rollover.getMostAmount()));
    }

    private static Money money(io.drawdown.events.Money money) {
        return Money.of(money.getAmount(), Currency.getInstance(money.getCurrency()));
    }
}
