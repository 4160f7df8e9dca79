package io.drawdown.chaos.load;

import io.drawdown.chaos.load.Sent.Reversal;
import io.drawdown.demo.client.Refused;
import io.drawdown.demo.client.StripeApi;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Takes back, in Stripe, money that was paid for credit: refunds in part or in whole, disputes that are won, lost or open. */
final class MoneyBack {

    private static final int ENDS_OF_A_DISPUTE = 3;
    private static final int WHOLE = 0;
    private static final int SHARES = 4;

    private final StripeApi stripe;
    private final Sent sent;
    private final SplittableRandom random;
    private final Set<String> handled = new HashSet<>();

    MoneyBack(StripeApi stripe, Sent sent, SplittableRandom random) {
        this.stripe = stripe;
        this.sent = sent;
        this.random = random;
    }

    /** Takes one step with one payment and one dispute that there are; returns 1. */
    int send() {
        newOf("/v1/charges", MoneyBack::isPaidAndNotDisputed).stream()
                .findFirst()
                .ifPresent(this::mayRefund);
        newOf("/v1/disputes", _ -> true).stream().findFirst().ifPresent(this::answer);
        return 1;
    }

    private List<JsonNode> newOf(String path, Predicate<JsonNode> fits) {
        return stripe.list(path).stream()
                .filter(each -> !handled.contains(each.path("id").asString("")))
                .filter(fits)
                .toList();
    }

    private static boolean isPaidAndNotDisputed(JsonNode charge) {
        return charge.path("status").asString("").equals("succeeded")
                && !charge.path("disputed").booleanValue();
    }

    /** A payment in several is refunded, a second time now and then. */
    private void mayRefund(JsonNode charge) {
        var id = charge.get("id").asString();
        switch (random.nextInt(3)) {
            case 0 -> handled.add(id);
            case 1 -> {
                refund(charge);
                handled.add(id);
            }
            default -> refund(charge);
        }
    }

    private void refund(JsonNode charge) {
        var id = charge.get("id").asString();
        long left = charge.get("amount_captured").longValue()
                - charge.path("amount_refunded").longValue();
        int share = random.nextInt(SHARES);
        long amount = share == WHOLE ? left : left * share / SHARES;
        if (amount <= 0) {
            handled.add(id);
            return;
        }
        try {
            var refund = stripe.post("/v1/refunds", Map.of("charge", id, "amount", Long.toString(amount)));
            sent.add(new Reversal(refund.get("id").asString(), "refund"));
        } catch (Refused refused) {
            handled.add(id); // It is disputed meanwhile.
        }
    }

    private void answer(JsonNode dispute) {
        var id = dispute.get("id").asString();
        handled.add(id);
        sent.add(new Reversal(id, "dispute"));
        switch (random.nextInt(ENDS_OF_A_DISPUTE)) {
            case 0 ->
                stripe.post(
                        "/v1/disputes/" + id,
                        Map.of("evidence[uncategorized_text]", "winning_evidence", "submit", "true"));
            case 1 -> stripe.post("/v1/disputes/" + id + "/close", Map.of());
            default -> {} // Open until long after the run.
        }
    }
}
