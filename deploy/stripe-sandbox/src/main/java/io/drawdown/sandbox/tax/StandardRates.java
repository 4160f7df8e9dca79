package io.drawdown.sandbox.tax;

import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One rate for each place, from {@code standard-rates.json}. */
final class StandardRates {

    /** Places that a registration in one of them for all of them covers. */
    static final Set<String> UNION = Set.of(
            "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
            "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK");

    private static final Set<String> GST = Set.of("AU", "CA", "NZ", "SG");
    private static final JsonNode PERCENTAGES = load();

    private StandardRates() {}

    private static JsonNode load() {
        try (var file = StandardRates.class.getResourceAsStream("standard-rates.json")) {
            if (file == null) {
                throw new IllegalStateException("standard-rates.json is missing in the jar");
            }
            return Json.parse(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The place's tax rate, archived so that nobody names it; made when it is first needed; null when it is not known. */
    static @Nullable ObjectNode of(Transaction tx, Location location) {
        var percentage = PERCENTAGES.get(location.code());
        if (percentage == null) {
            return null;
        }
        var known = tx.work().all(TaxRates.TYPE.name(), Condition.is("_place", location.code()));
        return known.isEmpty() ? create(tx, location, percentage) : known.getFirst();
    }

    private static ObjectNode create(Transaction tx, Location location, JsonNode percentage) {
        var type = type(location.country());
        var rate = Json.object()
                .put("active", false)
                .put("country", location.country())
                .put("display_name", type.replace('_', ' ').toUpperCase(Locale.ROOT))
                .put("inclusive", false)
                .put("jurisdiction", location.state() == null ? location.country() : location.state())
                .put("jurisdiction_level", location.state() == null ? "country" : "state")
                .put("rate_type", "percentage")
                .put("state", location.state())
                .put("tax_type", type)
                .put("_place", location.code());
        rate.set("percentage", percentage);
        rate.set("effective_percentage", percentage);
        rate.putObject("metadata");
        return tx.create(TaxRates.TYPE, rate, null);
    }

    private static String type(String country) {
        if (country.equals("US")) {
            return "sales_tax";
        }
        return GST.contains(country) ? "gst" : country.equals("JP") ? "jct" : "vat";
    }
}
