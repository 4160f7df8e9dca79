package io.drawdown.sandbox.page;

import io.drawdown.sandbox.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How values look. */
final class Show {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final JsonMapper PRETTY = JsonMapper.builder().build();
    private static final Set<String> GOOD = Set.of("paid", "active", "succeeded", "ready", "complete", "enabled");
    private static final Set<String> BAD =
            Set.of("past_due", "unpaid", "uncollectible", "failed", "requires_payment_method", "dropped", "lost");

    private Show() {}

    /** Minor units as an amount with its currency. */
    static String amount(JsonNode object, String field) {
        return amount(Json.number(object, field, 0), String.valueOf(Json.string(object, "currency")));
    }

    static String amount(long minor, String currency) {
        var code = currency.toUpperCase(Locale.ROOT);
        return figure(BigDecimal.valueOf(minor, digits(code)), code);
    }

    private static String figure(BigDecimal amount, String code) {
        return String.format(Locale.ROOT, "%,." + amount.scale() + "f %s", amount, code.equals("NULL") ? "" : code);
    }

    /** What a unit of a recurring price costs, in how long; fractions of the minor unit are shown, too. */
    static String price(JsonNode price) {
        var code = text(price, "currency").toUpperCase(Locale.ROOT);
        var unit = Json.string(price, "unit_amount_decimal");
        return (unit == null ? "by tiers, " + code : figure(unitAmount(unit, digits(code)), code)) + interval(price);
    }

    private static BigDecimal unitAmount(String minor, int digits) {
        var amount = new BigDecimal(minor).movePointLeft(digits).stripTrailingZeros();
        return amount.setScale(Math.max(digits, amount.scale()));
    }

    private static String interval(JsonNode price) {
        long count = Json.number(price, "recurring.interval_count", 1);
        var interval = text(price, "recurring.interval");
        return (count == 1 ? " a " + interval : " every " + count + " " + interval + "s")
                + (text(price, "recurring.usage_type").equals("metered") ? ", metered" : "");
    }

    private static int digits(String code) {
        try {
            return Math.max(0, Currency.getInstance(code).getDefaultFractionDigits());
        } catch (IllegalArgumentException e) {
            return 2;
        }
    }

    /** Seconds since the epoch as UTC; empty when absent. */
    static Html time(JsonNode object, String field) {
        long seconds = Json.number(object, field, 0);
        return seconds == 0 ? Html.NOTHING : Html.of("<time>{}</time>", TIME.format(Instant.ofEpochSecond(seconds)));
    }

    static Html millis(JsonNode object, String field) {
        long millis = Json.number(object, field, 0);
        return millis == 0 ? Html.NOTHING : Html.of("<time>{}</time>", TIME.format(Instant.ofEpochMilli(millis)));
    }

    /** A text field; empty when absent. */
    static String text(JsonNode object, String field) {
        var text = Json.string(object, field);
        return text == null ? "" : text;
    }

    /** A state, coloured by what it means. */
    static Html state(String state) {
        var meaning = GOOD.contains(state) ? "good" : BAD.contains(state) ? "bad" : "";
        return Html.of("<span class=\"state {}\">{}</span>", meaning, state.replace('_', ' '));
    }

    static Html state(JsonNode object) {
        return state(text(object, "status"));
    }

    static Html link(String place, String id) {
        return id.isEmpty() ? Html.NOTHING : Html.of("<a class=\"id\" href=\"/{}/{}\">{}</a>", place, id, id);
    }

    /** A whole object. */
    static Html json(JsonNode object) {
        return Html.of("<pre>{}</pre>", PRETTY.writerWithDefaultPrettyPrinter().writeValueAsString(object));
    }
}
