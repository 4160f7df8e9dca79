package io.drawdown.crm.catalog.domain;

import io.drawdown.crm.domain.Money;
import io.drawdown.crm.domain.Refused;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a product costs.
 *
 * @param priceId Stripe's id
 * @param unitAmount what one unit, or one package, costs; absent where the scheme has no single unit amount
 * @param packaging package prices only
 * @param tiers graduated and volume prices only, lowest first
 * @param currency ISO 4217 code in upper case
 * @param meterId the meter whose usage it charges; metered prices only
 * @param creditGrant Drawdown's own: whether paying a line of this price puts its worth into the customer's wallet
 * @param creditTerms Drawdown's own: what that credit is like, the whole history, oldest first, no two of one instant
 * @param seenAt when Stripe's part was read
 * @param updatedAt when the content last changed
 */
public record Price(
        String priceId,
        String productId,
        PriceKind kind,
        PricingScheme scheme,
        @Nullable Money unitAmount,
        @Nullable Packaging packaging,
        List<PriceTier> tiers,
        String currency,
        @Nullable String meterId,
        boolean active,
        boolean creditGrant,
        List<CreditTerms> creditTerms,
        Instant seenAt,
        Instant updatedAt)
        implements Sighting<Price> {

    public Price {
        creditTerms = creditTerms.stream()
                .sorted(Comparator.comparing(CreditTerms::effectiveAt))
                .toList();
    }

    /**
     * The price as buying credit, or not.
     *
     * @throws Refused when it is to buy credit and is not a one-off price: what recurs or is metered is paid for itself
     */
    public Price withCreditGrant(boolean buysCredit, Instant at) {
        if (buysCredit && kind != PriceKind.ONE_OFF) {
            throw new Refused(
                    "price-not-one-off",
                    "Price " + priceId + " is " + kind + ": only a ONE_OFF price may buy credit; flag one of those.");
        }
        return with(buysCredit, creditTerms, at);
    }

    /** The terms that are in force at the instant. */
    public Optional<CreditTerms> creditTermsAt(Instant instant) {
        return creditTerms.stream()
                .filter(terms -> !terms.effectiveAt().isAfter(instant))
                .reduce((_, later) -> later);
    }

    /**
     * The price with one more set of terms; those of the same instant are replaced.
     *
     * @return this very price when it has those terms already
     * @throws Refused when it does not buy credit
     */
    public Price withCreditTerms(CreditTerms terms, Instant at) {
        if (!creditGrant) {
            throw new Refused(
                    "price-not-credit",
                    "Price " + priceId + " buys no credit: flag it with PATCH /v1/catalog/prices/" + priceId
                            + " and creditGrant true before its credit gets terms.");
        }
        if (creditTerms.contains(terms)) {
            return this;
        }
        var others = creditTerms.stream().filter(other -> !other.effectiveAt().equals(terms.effectiveAt()));
        return with(creditGrant, Stream.concat(others, Stream.of(terms)).toList(), at);
    }

    private Price with(boolean buysCredit, List<CreditTerms> newTerms, Instant at) {
        return new Price(
                priceId,
                productId,
                kind,
                scheme,
                unitAmount,
                packaging,
                tiers,
                currency,
                meterId,
                active,
                buysCredit,
                newTerms,
                seenAt,
                at);
    }

    @Override
    public Price after(Price known) {
        var changedAt = sameContent(known) ? known.updatedAt : updatedAt;
        return new Price(
                priceId,
                productId,
                kind,
                scheme,
                unitAmount,
                packaging,
                tiers,
                currency,
                meterId,
                active,
                known.creditGrant,
                known.creditTerms,
                seenAt,
                changedAt);
    }

    @Override
    public boolean sameContent(Price other) {
        return productId.equals(other.productId)
                && kind == other.kind
                && scheme == other.scheme
                && sameAmount(unitAmount, other.unitAmount)
                && Objects.equals(packaging, other.packaging)
                && tiers.equals(other.tiers)
                && currency.equals(other.currency)
                && Objects.equals(meterId, other.meterId)
                && active == other.active;
    }

    /**
     * Makes sure that this price can rate the meter's usage.
     *
     * @throws Refused when it is not metered, not active, or of another meter
     */
    public void requireRates(String usageMeterId) {
        if (kind != PriceKind.METERED) {
            throw notMappable("is " + kind + ": map a METERED price.");
        }
        if (!active) {
            throw notMappable("is not active: activate it in Stripe, or map one that is.");
        }
        if (!usageMeterId.equals(meterId)) {
            throw notMappable("charges meter " + meterId + ", not " + usageMeterId + ": map a price of this meter.");
        }
    }

    private Refused notMappable(String why) {
        return new Refused("price-not-mappable", "Price " + priceId + " " + why);
    }

    private static boolean sameAmount(@Nullable Money one, @Nullable Money other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.currency().equals(other.currency()) && one.amount().compareTo(other.amount()) == 0;
    }
}
