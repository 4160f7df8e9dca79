package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of refunding a charge. */
public enum RefundOutcome {
    SUCCEEDS("succeeded"),
    SUCCEEDS_LATER("pending"),
    /** As with a card closed in the meantime: the money is sent and comes back. */
    FAILS_LATER("succeeded"),
    /** The customer has to say where to, and may be asked in vain. */
    REQUIRES_ACTION("requires_action");

    static final String FIELD = "_refundOutcome";

    private final String first;

    RefundOutcome(String first) {
        this.first = first;
    }

    /** The status that the refund begins with. */
    public String first() {
        return first;
    }

    /** What the charge's card is made to do, or what was arranged for it; transfers to banks take their time. */
    public static RefundOutcome of(ObjectNode charge) {
        var arranged = Json.string(charge, FIELD);
        if (arranged != null) {
            return valueOf(arranged);
        }
        return "card".equals(Json.string(charge, "payment_method_details.type")) ? SUCCEEDS : SUCCEEDS_LATER;
    }

    /** Makes this the outcome of refunding the charge, which is still to be stored. */
    public ObjectNode arrange(ObjectNode charge) {
        return charge.put(FIELD, name());
    }
}
