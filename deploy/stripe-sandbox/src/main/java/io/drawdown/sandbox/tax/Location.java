package io.drawdown.sandbox.tax;

import io.drawdown.sandbox.json.Json;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A place of taxation.
 *
 * @param country two letters, upper case
 * @param state where rates differ by it, else null
 */
record Location(String country, @Nullable String state) {

    private static final Set<String> BY_STATE = Set.of("US", "CA");

    /** Where a customer is: the shipping address before the billing address; null when neither says enough. */
    static @Nullable Location of(ObjectNode customer) {
        var shipped = at(customer, "shipping.address");
        return shipped == null ? at(customer, "address") : shipped;
    }

    private static @Nullable Location at(ObjectNode customer, String address) {
        var country = Json.string(customer, address + ".country");
        var state = Json.string(customer, address + ".state");
        if (country == null) {
            return null;
        }
        var place = country.toUpperCase(Locale.ROOT);
        if (!BY_STATE.contains(place)) {
            return new Location(place, null);
        }
        return state == null ? null : new Location(place, state.toUpperCase(Locale.ROOT));
    }

    /** {@code DE} or {@code US-CA}. */
    String code() {
        return state == null ? country : country + "-" + state;
    }
}
