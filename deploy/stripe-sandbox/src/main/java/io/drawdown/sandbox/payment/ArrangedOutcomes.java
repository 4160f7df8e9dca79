package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.engine.Ids;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Outcomes arranged on demand for the next payments of a customer or an amount, whatever they are paid with. */
public final class ArrangedOutcomes {

    private static final String KIND = "_arranged_outcome";

    private ArrangedOutcomes() {}

    /** What it stores, with its keys. */
    public static Map<String, List<String>> kinds() {
        return Map.of(KIND, List.of());
    }

    /**
     * Arranges an outcome: {@code outcome} is {@code decline} (with {@code declineCode}), {@code action} (the customer must
     * authenticate), {@code processing} (succeeds later, or never ends with {@code then=never}, or fails with
     * {@code then=fail}) or {@code success}; {@code customer} and {@code amount} say for whom, {@code count} how often.
     *
     * @throws IllegalArgumentException when it makes no sense
     */
    public static ObjectNode arrange(Transaction tx, JsonNode wish) {
        long count = Json.number(wish, "count", 1);
        if (count < 1) {
            throw new IllegalArgumentException("count is at least 1, not " + count);
        }
        outcome(wish); // Refuses what it does not understand before it is kept.
        var arranged = Json.object().put("id", Ids.next("arranged")).put("count", count);
        for (String field : List.of("outcome", "declineCode", "then", "customer", "amount")) {
            if (Json.at(wish, field) != null) {
                arranged.set(field, wish.get(field));
            }
        }
        tx.work().put(KIND, Json.need(arranged, "id"), arranged);
        return arranged;
    }

    /** What is arranged and has not been used up, newest first. */
    public static List<ObjectNode> all(Transaction tx) {
        return tx.work().all(KIND);
    }

    /** Forgets all that was arranged. */
    public static void clear(Transaction tx) {
        all(tx).forEach(arranged -> tx.work().remove(KIND, Json.need(arranged, "id")));
    }

    /** The oldest arranged outcome for a payment, which is used up once. */
    static Optional<PaymentOutcome> take(Transaction tx, ObjectNode intent) {
        if (tx.work().count(KIND) == 0) {
            return Optional.empty();
        }
        return all(tx).reversed().stream()
                .filter(arranged -> concerns(arranged, intent))
                .findFirst()
                .map(arranged -> use(tx, arranged));
    }

    private static boolean concerns(ObjectNode arranged, ObjectNode intent) {
        var customer = Json.string(arranged, "customer");
        long amount = Json.number(arranged, "amount", 0);
        return (customer == null || customer.equals(Json.string(intent, "customer")))
                && (amount == 0 || amount == Json.number(intent, "amount", 0));
    }

    private static PaymentOutcome use(Transaction tx, ObjectNode arranged) {
        long left = Json.number(arranged, "count", 1) - 1;
        var id = Json.need(arranged, "id");
        if (left == 0) {
            tx.work().remove(KIND, id);
        } else {
            tx.work().put(KIND, id, arranged.put("count", left));
        }
        return outcome(arranged);
    }

    private static PaymentOutcome outcome(JsonNode wish) {
        return switch (String.valueOf(Json.string(wish, "outcome"))) {
            case "decline" -> declined(wish);
            case "action" -> new PaymentOutcome.ActionRequired();
            case "processing" -> new PaymentOutcome.Processing(later(wish));
            case "success" -> new PaymentOutcome.Paid();
            default ->
                throw new IllegalArgumentException(
                        "outcome is one of decline, action, processing, success; not " + Json.string(wish, "outcome"));
        };
    }

    private static PaymentOutcome.Later later(JsonNode wish) {
        return switch (String.valueOf(Json.string(wish, "then"))) {
            case "null", "succeed" -> new PaymentOutcome.SucceedsLater();
            case "fail" -> new PaymentOutcome.FailsLater(declined(wish));
            case "never" -> new PaymentOutcome.NeverEnds();
            default ->
                throw new IllegalArgumentException(
                        "then is one of succeed, fail, never; not " + Json.string(wish, "then"));
        };
    }

    private static PaymentOutcome.Declined declined(JsonNode wish) {
        var code = Json.string(wish, "declineCode");
        return Declines.byCode(code == null ? "generic_decline" : code)
                .orElseThrow(() -> new IllegalArgumentException("declineCode " + code + " is not one of the sandbox's"))
                .outcome();
    }
}
