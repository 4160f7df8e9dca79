package io.drawdown.sandbox.dispute;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import io.drawdown.sandbox.json.Json;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Read, answer, close and list disputes. */
public final class Disputes {

    public static final ResourceType TYPE =
            new ResourceType("dispute", "du", "/v1/disputes", "dispute", "created", "charge", "payment_intent");

    /** Evidence that is a file: the sandbox takes no files. */
    private static final Set<String> FILES = Set.of(
            "cancellation_policy",
            "customer_communication",
            "customer_signature",
            "duplicate_charge_documentation",
            "enhanced_evidence",
            "receipt",
            "refund_policy",
            "service_documentation",
            "shipping_documentation",
            "uncategorized_file");

    private final Fields fields;
    private final Disputing disputing;

    public Disputes(Fields fields, Disputing disputing) {
        this.fields = fields;
        this.disputing = disputing;
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("GET /v1/disputes", Reading.list(TYPE))
                .on("GET /v1/disputes/{dispute}", Reading.retrieve(TYPE))
                .on("POST /v1/disputes/{dispute}", this::update)
                .on("POST /v1/disputes/{dispute}/close", this::close);
    }

    private ObjectNode update(Call call) {
        var before = call.tx().require(TYPE, call.id(), null);
        boolean answers = call.params().has("evidence") || Json.flag(call.params(), "submit");
        if (answers) {
            refuseUnlessOpen(before);
        }
        refuseFiles(call);
        var dispute = before.deepCopy();
        fields.take(call, TYPE, dispute, Set.of("submit"), Set.of());
        Disputing.noteEvidence(dispute);
        if (answers && (!call.params().has("submit") || Json.flag(call.params(), "submit"))) {
            disputing.submit(call.tx(), dispute);
        }
        call.tx().saveChanged(TYPE, before, dispute, "charge.dispute.updated");
        return dispute;
    }

    private static void refuseFiles(Call call) {
        call.params().path("evidence").propertyNames().stream()
                .filter(FILES::contains)
                .forEach(name -> {
                    throw ApiException.notCovered("evidence[" + name + "]", call.operation());
                });
    }

    private static void refuseUnlessOpen(ObjectNode dispute) {
        var status = Json.need(dispute, "status");
        if (!status.endsWith("needs_response")) {
            throw ApiException.invalid(
                    "status_transition_invalid",
                    "This dispute is " + status + ": it can no longer be answered or closed.",
                    null);
        }
    }

    private ObjectNode close(Call call) {
        var dispute = call.tx().require(TYPE, call.id(), null);
        refuseUnlessOpen(dispute);
        return disputing.decide(call.tx(), dispute, false);
    }
}
