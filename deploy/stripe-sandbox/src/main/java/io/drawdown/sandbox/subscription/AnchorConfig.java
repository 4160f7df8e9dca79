package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.json.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A billing anchor that is given as a day and a time in UTC: the next such moment is when the first full period begins. */
final class AnchorConfig {

    static final String PARAM = "billing_cycle_anchor_config";

    private static final Map<String, ChronoField> PARTS = parts();

    private AnchorConfig() {}

    private static Map<String, ChronoField> parts() {
        var parts = new LinkedHashMap<String, ChronoField>();
        parts.put("day_of_month", ChronoField.DAY_OF_MONTH);
        parts.put("hour", ChronoField.HOUR_OF_DAY);
        parts.put("minute", ChronoField.MINUTE_OF_HOUR);
        parts.put("month", ChronoField.MONTH_OF_YEAR);
        parts.put("second", ChronoField.SECOND_OF_MINUTE);
        return parts;
    }

    /** The anchor that the call asks for. Changes the subscription, whose items are there. */
    static void write(Call call, ObjectNode subscription, ObjectNode given) {
        if (call.params().has("billing_cycle_anchor")) {
            throw ApiException.exclusive(PARAM, "billing_cycle_anchor");
        }
        if (call.params().has("trial_end") || call.params().has("trial_period_days")) {
            throw ApiException.invalid(null, "The Stripe sandbox does not cover " + PARAM + " with a trial.", PARAM);
        }
        if (!Subscriptions.cycle(subscription).inMonths()) {
            throw ApiException.invalid(null, PARAM + " is for prices by the month or by the year only.", PARAM);
        }
        PARTS.forEach((name, field) -> refuseOutside(given, name, field));
        var config = subscription.putObject(PARAM);
        PARTS.keySet().forEach(name -> config.set(name, given.has(name) ? given.get(name) : Json.none()));
        subscription.put(
                "billing_cycle_anchor", next(subscription, config, call.tx().now()));
    }

    private static void refuseOutside(ObjectNode given, String name, ChronoField field) {
        long value = Json.number(given, name, field.range().getMinimum());
        if (!field.range().isValidValue(value)) {
            throw ApiException.invalid(
                    null, name + " is " + field.range() + "; got " + value + ".", PARAM + "[" + name + "]");
        }
    }

    /** From now on: in the next month that has it, or in one that lies whole intervals from the month given. */
    private static long next(ObjectNode subscription, ObjectNode config, long now) {
        long anchor = moment(config, Instant.ofEpochSecond(now).atOffset(ZoneOffset.UTC))
                .toEpochSecond();
        var shortest = Subscriptions.cycle(subscription);
        var cycle = Json.at(config, "month") == null
                ? new Cycle(anchor, ChronoUnit.MONTHS, 1)
                : new Cycle(anchor, shortest.unit(), shortest.count());
        var period = cycle.onDay(dayOf(config)).containing(now);
        return period.start() == now ? now : period.end();
    }

    /** In this year and, unless another is given, this month. */
    private static OffsetDateTime moment(ObjectNode config, OffsetDateTime now) {
        var moment = now.withDayOfMonth(1);
        for (var part : PARTS.entrySet()) {
            if (Json.at(config, part.getKey()) != null && part.getValue() != ChronoField.DAY_OF_MONTH) {
                moment = moment.with(part.getValue(), Json.number(config, part.getKey(), 0));
            }
        }
        return moment.withDayOfMonth(
                Math.min(dayOf(config), moment.toLocalDate().lengthOfMonth()));
    }

    private static int dayOf(ObjectNode config) {
        return (int) Json.number(config, "day_of_month", 1);
    }

    /** The day of the month that a subscription is billed on, which its anchor's month need not have; null without one. */
    static @Nullable Integer dayOfMonth(ObjectNode subscription) {
        return Json.at(subscription, PARAM) instanceof ObjectNode config ? dayOf(config) : null;
    }
}
