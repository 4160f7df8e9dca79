package io.drawdown.sandbox.trouble;

import io.drawdown.sandbox.dispute.Disputes;
import io.drawdown.sandbox.dispute.Disputing;
import io.drawdown.sandbox.engine.Engine;
import io.drawdown.sandbox.engine.Rendering;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.payment.ArrangedOutcomes;
import io.drawdown.sandbox.payment.Authentications;
import io.drawdown.sandbox.payment.Charges;
import io.drawdown.sandbox.payment.RefundOutcome;
import io.drawdown.sandbox.refund.Refunds;
import io.drawdown.sandbox.store.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a customer or his bank does, on demand: outcomes of the next payments and of refunds, authentications,
 * disputes and their ends; {@code account} says in which connected account.
 */
public final class PaymentControl {

    private final Engine engine;
    private final Disputing disputing;
    private final Authentications authentications;

    public PaymentControl(Engine engine, Disputing disputing, Authentications authentications) {
        this.engine = engine;
        this.disputing = disputing;
        this.authentications = authentications;
    }

    /** The operations under {@code /_sandbox}, by method and path. */
    public Map<String, Function<JsonNode, ObjectNode>> operations() {
        return Map.of(
                "POST /_sandbox/refunds", inTransaction(PaymentControl::arrangeRefunds),
                "POST /_sandbox/refunds/decide", inTransaction(PaymentControl::decideRefund),
                "POST /_sandbox/outcomes", inTransaction(ArrangedOutcomes::arrange),
                "GET /_sandbox/outcomes", inTransaction((tx, _) -> outcomes(tx)),
                "DELETE /_sandbox/outcomes",
                        inTransaction((tx, _) -> {
                            ArrangedOutcomes.clear(tx);
                            return outcomes(tx);
                        }),
                "POST /_sandbox/authentications", inTransaction(this::authenticate),
                "POST /_sandbox/disputes", inTransaction(this::dispute),
                "POST /_sandbox/disputes/decide", inTransaction(this::decide),
                "POST /_sandbox/disputes/escalate", inTransaction(this::escalate));
    }

    private Function<JsonNode, ObjectNode> inTransaction(BiFunction<Transaction, JsonNode, ObjectNode> step) {
        return body -> {
            var answers = new ArrayList<ObjectNode>();
            var account = String.valueOf(body.path("account").asString(Work.PLATFORM));
            engine.itself(account, tx -> answers.add(Rendering.served(step.apply(tx, body))));
            return answers.getFirst();
        };
    }

    private static ObjectNode outcomes(Transaction tx) {
        var state = Json.object();
        state.putArray("outcomes").addAll(ArrangedOutcomes.all(tx));
        return state;
    }

    private static String need(JsonNode body, String field) {
        var value = Json.string(body, field);
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value;
    }

    private ObjectNode authenticate(Transaction tx, JsonNode body) {
        return authentications.complete(tx, need(body, "intent"), !body.has("passed") || Json.flag(body, "passed"));
    }

    private ObjectNode dispute(Transaction tx, JsonNode body) {
        var reason = Json.string(body, "reason");
        var charge = tx.require(Charges.TYPE, need(body, "charge"), "charge");
        return disputing.open(tx, charge, reason, Json.flag(body, "inquiry"));
    }

    private ObjectNode decide(Transaction tx, JsonNode body) {
        return disputing.decide(tx, named(tx, body), oneOf(body, "won", "lost").equals("won"));
    }

    private static String oneOf(JsonNode body, String... permitted) {
        var outcome = need(body, "outcome");
        if (!List.of(permitted).contains(outcome)) {
            throw new IllegalArgumentException("outcome is " + String.join(" or ", permitted) + ", not " + outcome);
        }
        return outcome;
    }

    private static ObjectNode arrangeRefunds(Transaction tx, JsonNode body) {
        var outcome = switch (oneOf(body, "succeed", "pending", "fail", "action")) {
            case "pending" -> RefundOutcome.SUCCEEDS_LATER;
            case "fail" -> RefundOutcome.FAILS_LATER;
            case "action" -> RefundOutcome.REQUIRES_ACTION;
            default -> RefundOutcome.SUCCEEDS;
        };
        return Refunds.arrange(tx, need(body, "charge"), outcome);
    }

    private static ObjectNode decideRefund(Transaction tx, JsonNode body) {
        return Refunds.decide(
                tx, need(body, "refund"), oneOf(body, "succeeded", "failed").equals("succeeded"));
    }

    private ObjectNode escalate(Transaction tx, JsonNode body) {
        return disputing.escalate(tx, named(tx, body));
    }

    private static ObjectNode named(Transaction tx, JsonNode body) {
        return tx.require(Disputes.TYPE, need(body, "dispute"), "dispute");
    }
}
