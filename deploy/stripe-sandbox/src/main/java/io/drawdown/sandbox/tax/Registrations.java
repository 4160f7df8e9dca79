package io.drawdown.sandbox.tax;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Listing;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.store.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Where the merchant is registered to collect tax, from when and until when. */
public final class Registrations {

    public static final ResourceType TYPE = new ResourceType(
            "tax.registration",
            "taxreg",
            "/v1/tax/registrations",
            "tax registration",
            "active_from",
            "country",
            "_until");

    private Registrations() {}

    /** Declares the operations. */
    public static void register(Routes routes) {
        routes.on("POST /v1/tax/registrations", Registrations::create)
                .on("GET /v1/tax/registrations", Registrations::list)
                .on("GET /v1/tax/registrations/{id}", Registrations::retrieve)
                .on("POST /v1/tax/registrations/{id}", Registrations::update);
    }

    /** Whether tax is collected at a place now. */
    static boolean cover(Transaction tx, Location location) {
        return tx.work().all(TYPE.name(), active(tx.now())).stream().anyMatch(one -> covers(one, location));
    }

    private static Condition[] active(long now) {
        return new Condition[] {
            Condition.that("active_from", from -> Long.parseLong(from) <= now),
            Condition.that("_until", until -> Long.parseLong(until) > now)
        };
    }

    private static boolean covers(ObjectNode registration, Location location) {
        var country = Json.need(registration, "country");
        var options = registration.path("country_options").path(country.toLowerCase(Locale.ROOT));
        if (country.equals(location.country())) {
            var state = Json.string(options, country.equals("CA") ? "province_standard.province" : "state");
            return state == null || state.equals(location.state());
        }
        return "oss_union".equals(Json.string(options, "type")) && StandardRates.UNION.contains(location.country());
    }

    private static ObjectNode create(Call call) {
        var country = call.need("country").toUpperCase(Locale.ROOT);
        var options = Json.child(call.params(), "country_options");
        if (!options.has(country.toLowerCase(Locale.ROOT))) {
            throw ApiException.missing("country_options[" + country.toLowerCase(Locale.ROOT) + "]");
        }
        var registration = Json.object().put("country", country);
        registration.set("country_options", options);
        registration.put("active_from", time(call, "active_from"));
        writeEnd(call, registration);
        return refreshed(call.tx(), call.tx().create(TYPE, registration, null));
    }

    private static long time(Call call, String param) {
        var given = call.need(param);
        return given.equals("now") ? call.tx().now() : Long.parseLong(given);
    }

    private static void writeEnd(Call call, ObjectNode registration) {
        var params = call.params();
        @Nullable Long end = Json.at(params, "expires_at") == null ? null : Long.valueOf(time(call, "expires_at"));
        if (end != null && end < Json.number(registration, "active_from", 0)) {
            throw ApiException.invalid(null, "A registration cannot end before it begins.", "expires_at");
        }
        registration.put("expires_at", end).put("_until", end == null ? Long.MAX_VALUE : end);
    }

    private static ObjectNode retrieve(Call call) {
        return refreshed(call.tx(), call.tx().require(TYPE, call.id(), null));
    }

    private static ObjectNode update(Call call) {
        var registration = retrieve(call);
        if (call.params().has("active_from")) {
            registration.put("active_from", time(call, "active_from"));
        }
        if (call.params().has("expires_at")) {
            writeEnd(call, registration);
        }
        call.tx().save(TYPE, registration);
        return refreshed(call.tx(), registration);
    }

    private static ObjectNode list(Call call) {
        var status = call.text("status");
        var conditions = new ArrayList<>(Listing.conditions(call, TYPE, Set.of("status")));
        conditions.addAll(ofStatus(status == null ? "all" : status, call.tx().now()));
        var page = Listing.page(call, TYPE, conditions, TYPE.path());
        Json.list(page, "data").forEach(one -> refreshed(call.tx(), (ObjectNode) one));
        return page;
    }

    private static List<Condition> ofStatus(String status, long now) {
        return switch (status) {
            case "active" -> List.of(active(now));
            case "expired" -> List.of(Condition.that("_until", until -> Long.parseLong(until) <= now));
            case "scheduled" -> List.of(Condition.that("active_from", from -> Long.parseLong(from) > now));
            default -> List.of();
        };
    }

    /** The status follows from the time. */
    private static ObjectNode refreshed(Transaction tx, ObjectNode registration) {
        boolean ended = Json.number(registration, "expires_at", Long.MAX_VALUE) <= tx.now();
        boolean begun = Json.number(registration, "active_from", 0) <= tx.now();
        return registration.put("status", ended ? "expired" : begun ? "active" : "scheduled");
    }
}
