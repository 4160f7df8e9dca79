package io.drawdown.sandbox.meter;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.customer.Customers;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Listing;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.json.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Usage by window: of the whole time asked for, or of each of its hours or days that has some. */
final class Summaries {

    private final MeterSettings settings;
    private final InstantSource realTime;

    Summaries(MeterSettings settings, InstantSource realTime) {
        this.settings = settings;
        this.realTime = realTime;
    }

    void register(Routes routes) {
        routes.on("GET /v1/billing/meters/{id}/event_summaries", this::list);
    }

    private ObjectNode list(Call call) {
        var meter = call.tx().require(Meters.TYPE, call.id(), null);
        var customer = call.need("customer");
        call.tx().require(Customers.TYPE, customer, "customer");
        long from = Json.number(call.params(), "start_time", 0);
        long to = Json.number(call.params(), "end_time", 0);
        var grouping = call.text("value_grouping_window");
        checkAlignment(from, to, grouping);
        MeterEventLog.process(call.tx(), realTime.millis());
        var series = new Series(call.id(), Formula.of(meter), customer);
        long window = grouping == null ? to - from : seconds(grouping);
        return Listing.page(
                call,
                summaries(call, series, from, to, window),
                "/v1/billing/meters/" + call.id() + "/event_summaries");
    }

    private static void checkAlignment(long from, long to, @Nullable String grouping) {
        if (to <= from) {
            throw ApiException.malformed(null, "end_time must be after start_time.", "end_time");
        }
        long step = seconds(grouping == null ? "minute" : grouping);
        if (from % step != 0 || to % step != 0) {
            throw ApiException.malformed(
                    null,
                    "start_time and end_time must be aligned with "
                            + (grouping == null ? "minute" : grouping.equals("day") ? "UTC day" : grouping)
                            + " boundaries.",
                    from % step != 0 ? "start_time" : "end_time");
        }
    }

    private static long seconds(String window) {
        return switch (window) {
            case "minute" -> 60;
            case "hour" -> 3_600;
            default -> 86_400;
        };
    }

    private List<ObjectNode> summaries(Call call, Series series, long from, long to, long window) {
        var groups = new TreeMap<Long, List<Tally>>();
        series.between(call.tx().work(), from, to)
                .forEach((second, tally) -> groups.computeIfAbsent(
                                second - Math.floorMod(second - from, window), _ -> new ArrayList<>())
                        .add(tally));
        var ordered = settings.newestFirst() ? groups.descendingMap() : groups;
        return ordered.entrySet().stream()
                .map(group -> summary(series, group.getKey(), group.getKey() + window, group.getValue()))
                .toList();
    }

    private static ObjectNode summary(Series series, long from, long to, List<Tally> tallies) {
        return Json.object()
                .put("id", id(series, from, to))
                .put("object", "billing.meter_event_summary")
                .put("aggregated_value", plain(series.formula().valueOf(tallies)))
                .put("end_time", to)
                .put("livemode", false)
                .put("meter", series.meter())
                .put("start_time", from);
    }

    /** The same for the same window, so that it can be a cursor. */
    private static String id(Series series, long from, long to) {
        var text = series.meter() + " " + series.customer() + " " + from + " " + to;
        return "mtrusg_"
                + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "");
    }

    /** No exponent, no zeros at the end. */
    private static BigDecimal plain(BigDecimal value) {
        var stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
