package io.drawdown.sandbox.meter;

import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.v2.Rfc3339;
import io.drawdown.sandbox.v2.ThinEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gathers the faults of events that were looked at after they had been accepted: one report for each meter and
 * validation window, and one for the events that no active meter wants. A report is a thin event, with samples that say
 * which events to send again under new identifiers.
 */
final class ErrorReports {

    private static final String KIND = "_meter_report";
    private static final String NO_METER = "none";
    private static final int MAX_SAMPLES = 10;

    private ErrorReports() {}

    static Map<String, List<String>> kinds() {
        return Map.of(KIND, List.of());
    }

    /**
     * Adds a fault to the open report.
     *
     * @param atMillis real time, which opens a report when there is none
     */
    static void add(Transaction tx, Verdict.Fault fault, String identifier, long atMillis) {
        var id = fault.meter() == null ? NO_METER : fault.meter();
        var open = tx.work().get(KIND, id);
        var report = open == null ? Json.object().put("meter", id).put("start", atMillis) : open;
        var type = report.withObject("/types").withObject("/" + fault.code());
        type.put("count", Json.number(type, "count", 0) + 1);
        var samples = type.withArray("samples");
        if (samples.size() < MAX_SAMPLES) {
            var sample = samples.addObject().put("error_message", fault.message());
            sample.putObject("request").put("identifier", identifier);
        }
        tx.work().put(KIND, id, report);
    }

    /** Closes and sends the reports whose window has passed. */
    static void close(Transaction tx, long nowMillis, Duration window) {
        for (ObjectNode report : tx.work().all(KIND)) {
            long start = Json.number(report, "start", 0);
            if (start + window.toMillis() <= nowMillis) {
                tx.work().remove(KIND, Json.need(report, "meter"));
                send(tx, report, start, Math.max(start + window.toMillis(), start + 1_000));
            }
        }
    }

    private static void send(Transaction tx, ObjectNode report, long startMillis, long endMillis) {
        var data = Json.object();
        long count = reason(report, data.putObject("reason"));
        data.put(
                        "developer_message_summary",
                        count == 1 ? "There is 1 invalid event" : "There are " + count + " invalid events")
                .put("validation_start", Rfc3339.text(startMillis / 1_000))
                .put("validation_end", Rfc3339.text(endMillis / 1_000));
        var meter = Json.need(report, "meter");
        if (meter.equals(NO_METER)) {
            ThinEvents.record(tx, "v1.billing.meter.no_meter_found", null, data);
        } else {
            var related = ThinEvents.related(meter, Meters.TYPE.name(), Meters.TYPE.path() + "/" + meter);
            ThinEvents.record(tx, "v1.billing.meter.error_report_triggered", related, data);
        }
    }

    private static long reason(ObjectNode report, ObjectNode reason) {
        var types = reason.putArray("error_types");
        long all = 0;
        for (var type : Json.child(report, "types").properties()) {
            long count = Json.number(type.getValue(), "count", 0);
            all += count;
            types.addObject()
                    .put("code", type.getKey())
                    .put("error_count", count)
                    .set("sample_errors", type.getValue().path("samples"));
        }
        reason.put("error_count", all);
        return all;
    }
}
