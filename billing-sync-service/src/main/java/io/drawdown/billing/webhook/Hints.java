package io.drawdown.billing.webhook;

import io.drawdown.billing.domain.ObjectKind;
import io.drawdown.billing.domain.ObjectRef;
import io.drawdown.billing.domain.Replenishment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Which object an event's snapshot is a hint about. Only ids are read from it: the state is fetched. */
final class Hints {

    private Hints() {}

    /**
     * The object to fetch; empty if nothing that is kept depends on the event.
     *
     * @param data the event's {@code data.object}
     */
    static Optional<ObjectRef> about(JsonNode data) {
        return switch (data.path("object").asString("")) {
            case "customer" -> named(ObjectKind.CUSTOMER, data, "id");
            case "product" -> named(ObjectKind.PRODUCT, data, "id");
            case "price" -> named(ObjectKind.PRICE, data, "id");
            case "billing.meter" -> named(ObjectKind.METER, data, "id");
            case "invoice" -> named(ObjectKind.INVOICE, data, "id");
            case "payment_intent" -> named(ObjectKind.PAYMENT, data, "id");
            case "invoiceitem", "invoice_payment" -> named(ObjectKind.INVOICE, data, "invoice");
            case "refund" -> named(ObjectKind.REFUND, data, "id");
            case "dispute" -> named(ObjectKind.DISPUTE, data, "id");
            case "credit_note" -> named(ObjectKind.CREDIT_NOTE, data, "id");
            case "charge" -> named(ObjectKind.PAYMENT, data, "payment_intent");
            case "payment_method" -> named(ObjectKind.CUSTOMER, data, "customer");
            default -> Optional.empty();
        };
    }

    /**
     * Whether the event tells of a top-up that was paid, whose credit a customer waits for.
     *
     * @param data the event's {@code data.object}; null where it carries none
     */
    static boolean isPaidTopUp(String eventType, @Nullable JsonNode data) {
        return eventType.equals("invoice.paid")
                && data != null
                && data.path("metadata").path(Replenishment.METADATA_KEY).isString();
    }

    private static Optional<ObjectRef> named(ObjectKind kind, JsonNode data, String field) {
        return data.path(field).asStringOpt().map(id -> new ObjectRef(kind, id));
    }
}
