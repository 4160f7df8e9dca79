package io.drawdown.wallet.rating;

import io.drawdown.wallet.domain.Money;

/** How a price charges. */
public sealed interface Tariff {

    String priceId();

    /** So much for each unit. */
    record PerUnit(String priceId, Money unitAmount) implements Tariff {}

    /** Some other way, named by {@code scheme}, that is not rated here. */
    record Unsupported(String priceId, String scheme) implements Tariff {}
}
