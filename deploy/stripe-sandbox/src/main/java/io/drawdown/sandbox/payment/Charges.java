package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Fields;
import io.drawdown.sandbox.engine.Reading;
import io.drawdown.sandbox.engine.ResourceType;
import io.drawdown.sandbox.engine.Routes;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Charges: one for each try to take money. Read, annotate and list them. */
public final class Charges {

    public static final ResourceType TYPE = new ResourceType(
            "charge", "ch", "/v1/charges", "charge", "created", "customer", "payment_intent", "transfer_group");

    /** Own field: a disputed charge that can be refunded all the same, because the bank only asks so far. */
    public static final String REFUNDABLE_THOUGH_DISPUTED = "_refundableThoughDisputed";

    private final Fields fields;

    public Charges(Fields fields) {
        this.fields = fields;
    }

    /** Declares the operations. */
    public void register(Routes routes) {
        routes.on("GET /v1/charges", Reading.list(TYPE))
                .on("GET /v1/charges/{charge}", Reading.retrieve(TYPE))
                .on("POST /v1/charges/{charge}", this::update);
    }

    private ObjectNode update(Call call) {
        var before = call.tx().require(TYPE, call.id(), null);
        var charge = before.deepCopy();
        fields.take(call, TYPE, charge, Set.of(), Set.of("customer"));
        call.tx().saveChanged(TYPE, before, charge, "charge.updated");
        return charge;
    }
}
