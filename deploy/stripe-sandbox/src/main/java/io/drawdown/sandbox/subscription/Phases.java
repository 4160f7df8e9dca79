package io.drawdown.sandbox.subscription;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;

/** The phases of a schedule, one after another without a gap. */
final class Phases {

    /** What a phase copies from a subscription, under the name that it has there. */
    private static final List<String> TERMS = List.of("default_payment_method", "description", "metadata");

    /** What is refused: there is no platform here that takes a share of payments. */
    private static final Set<String> REFUSED = Set.of("application_fee_percent", "on_behalf_of", "transfer_data");

    private static final int MOST = 10;
    private static final long LATEST = 253_402_300_799L;
    /** Three years of days, as for prices. */
    private static final long MOST_INTERVALS = 1095;

    private final SubscriptionItems items;

    Phases(SubscriptionItems items) {
        this.items = items;
    }

    /**
     * Those that the call describes.
     *
     * @param start when the first one begins, unless it says otherwise itself; seconds
     * @param defaults the schedule's, for what a phase does not say
     */
    ArrayNode read(Call call, long start, ObjectNode defaults) {
        var params = Json.list(call.params(), "phases");
        if (params.isEmpty() || params.size() > MOST) {
            throw ApiException.invalid(null, "A schedule has 1 to " + MOST + " phases.", "phases");
        }
        var phases = Json.array();
        long next = start;
        for (int i = 0; i < params.size(); i++) {
            var path = "phases[" + i + "]";
            var phase = read(call, (ObjectNode) params.get(i), path, next);
            PhaseTerms.requireDaysUntilDue(phase, defaults, path);
            next = Json.number(phase, "end_date", 0);
            phases.add(phase);
        }
        if (next <= call.tx().now()) {
            throw ApiException.invalid(null, "The last phase of a schedule must end in the future.", "phases");
        }
        return phases;
    }

    private ObjectNode read(Call call, ObjectNode param, String path, long previousEnd) {
        refuse(call, param, path);
        long start = instant(call, param, "start_date", previousEnd);
        if (start != previousEnd && !path.equals("phases[0]")) {
            throw ApiException.invalid(null, "A phase begins when the one before ends.", path + "[start_date]");
        }
        var phase = Json.object();
        var first = readItems(call, param, phase, path);
        long end = end(call, param, path, start, first);
        phase.put("start_date", start)
                .put("end_date", end)
                .put("currency", Json.need(first, "price.currency"))
                .put("billing_cycle_anchor", Json.string(param, "billing_cycle_anchor"))
                .put("proration_behavior", proration(param))
                .set("trial_end", trialEnd(param, path, start, end));
        copy(param, phase, List.of("metadata"));
        PhaseTerms.readWithDefault(call, param, phase, path);
        PhaseTerms.readOwn(call, param, phase, path);
        return phase;
    }

    /** Refuses what neither a phase nor a schedule's defaults can say here. */
    static void refuse(Call call, ObjectNode param, String path) {
        REFUSED.stream().filter(param::has).findFirst().ifPresent(name -> {
            throw ApiException.notCovered(path + "[" + name + "]", call.operation());
        });
    }

    /** Returns the first item, complete with its price. */
    private ObjectNode readItems(Call call, ObjectNode param, ObjectNode phase, String path) {
        var params = Json.list(param, "items");
        var made = new ArrayList<ObjectNode>();
        for (int i = 0; i < params.size(); i++) {
            made.add(readItem(call, (ObjectNode) params.get(i), path + "[items][" + i + "]"));
        }
        if (made.isEmpty()) {
            throw ApiException.missing(path + "[items]");
        }
        var stored = phase.putArray("items");
        made.forEach(item -> stored.add(itemOf(item)));
        return made.getFirst();
    }

    private ObjectNode readItem(Call call, ObjectNode param, String path) {
        var item = items.create(call, param, path);
        PhaseTerms.readItem(call.tx(), param, item, path);
        return item;
    }

    private static ObjectNode itemOf(ObjectNode item) {
        var stored = Json.object().put("price", Json.need(item, "price.id")).put("plan", Json.need(item, "price.id"));
        if (item.has("quantity")) {
            stored.set("quantity", item.get("quantity"));
        }
        for (String field : List.of(Thresholds.PARAM, "discounts", "metadata", "tax_rates")) {
            stored.set(field, item.path(field).deepCopy());
        }
        return stored;
    }

    private static long instant(Call call, ObjectNode param, String field, long otherwise) {
        var given = Json.string(param, field);
        return given == null ? otherwise : instant(call.tx(), given, field);
    }

    /** A time that a parameter gives in seconds, or as {@code now}. */
    static long instant(Transaction tx, String given, String param) {
        long at = given.equals("now") ? tx.now() : Long.parseLong(given);
        if (at < 0 || at > LATEST) {
            throw ApiException.invalid(null, param + " lies between 1970 and the end of the year 9999.", param);
        }
        return at;
    }

    /** At a date, after a duration, or after one interval of the first price. */
    private static long end(Call call, ObjectNode param, String path, long start, ObjectNode first) {
        if (param.has("end_date") && param.has("duration")) {
            throw ApiException.exclusive(path + "[end_date]", path + "[duration]");
        }
        long usual = param.get("duration") instanceof ObjectNode duration
                ? after(start, duration, path + "[duration]")
                : Cycle.of(start, Json.child(first, "price")).boundary(1);
        long end = instant(call, param, "end_date", usual);
        if (end <= start) {
            throw ApiException.invalid(null, "A phase ends after it has begun.", path + "[end_date]");
        }
        return end;
    }

    private static long after(long start, ObjectNode duration, String path) {
        long count = Json.number(duration, "interval_count", 1);
        if (count < 1 || count > MOST_INTERVALS) {
            throw ApiException.invalid(
                    null, "A phase lasts 1 to " + MOST_INTERVALS + " intervals.", path + "[interval_count]");
        }
        return Cycle.of(start, Json.object().set("recurring", duration.deepCopy()))
                .boundary(1);
    }

    private static String proration(ObjectNode param) {
        var given = Json.string(param, "proration_behavior");
        return given == null ? "create_prorations" : given;
    }

    private static JsonNode trialEnd(ObjectNode param, String path, long start, long end) {
        long given = Json.number(param, "trial_end", Json.flag(param, "trial") ? end : 0);
        if (given == 0) {
            return Json.none();
        }
        if (given <= start || given > end) {
            throw ApiException.invalid(null, "A trial ends within its phase.", path + "[trial_end]");
        }
        return LongNode.valueOf(given);
    }

    /** The only phase of a subscription that is not scheduled yet: the period that it is in. */
    static ObjectNode ofSubscription(ObjectNode subscription) {
        var period = Subscriptions.period(subscription);
        var phase = Json.object()
                .put("start_date", period.start())
                .put("end_date", Json.number(subscription, "cancel_at", period.end()))
                .put("currency", Json.need(subscription, "currency"))
                .put("proration_behavior", "create_prorations");
        var stored = phase.putArray("items");
        Subscriptions.items(subscription).forEach(item -> {
            var copy = itemOf(item);
            PhaseTerms.copyItem(item, copy);
            stored.add(copy);
        });
        phase.set("trial_end", subscription.path("trial_end").deepCopy());
        copy(subscription, phase, TERMS);
        PhaseTerms.copyOwn(subscription, phase);
        return phase;
    }

    /** The phase of a schedule that an instant is in, or null after the last one. */
    static @Nullable ObjectNode at(ObjectNode schedule, long instant) {
        return Json.list(schedule, "phases")
                .valueStream()
                .map(ObjectNode.class::cast)
                .filter(phase -> instant < Json.number(phase, "end_date", 0))
                .findFirst()
                .orElse(null);
    }

    static boolean isLast(ObjectNode schedule, ObjectNode phase) {
        return Json.number(phase, "end_date", 0) == end(schedule);
    }

    /** When the last phase ends. */
    static long end(ObjectNode schedule) {
        var phases = Json.list(schedule, "phases");
        return Json.number(phases.get(phases.size() - 1), "end_date", 0);
    }

    private static void copy(ObjectNode from, ObjectNode to, List<String> fields) {
        fields.stream()
                .filter(field -> Json.at(from, field) != null)
                .forEach(field -> to.set(field, from.get(field).deepCopy()));
    }

    /** A phase of a schedule as parameters of its subscription, from an instant on; the items are all of them new. */
    static ObjectNode params(ObjectNode schedule, ObjectNode phase, long instant) {
        var params = Json.object();
        var list = params.putArray("items");
        Json.list(phase, "items")
                .forEach(item -> list.add(PhaseTerms.itemParam(item).remove(List.of("plan"))));
        copy(phase, params, List.of("metadata"));
        PhaseTerms.writeParams(phase, Json.child(schedule, "default_settings"), params);
        if (Json.number(phase, "trial_end", 0) > instant) {
            params.set("trial_end", phase.get("trial_end"));
        }
        return params;
    }
}
