package io.drawdown.chaos.check;

import io.drawdown.events.wallet.CreditClawedBack;
import io.drawdown.events.wallet.CreditGivenBack;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Whether credit has followed the money that paid for it: out of the wallet and in again. */
final class ReversalChecks {

    private static final int CENTS = 2;
    private static final List<String> MONEY_IS_GONE = List.of("needs_response", "under_review", "lost");

    private final Function<String, List<JsonNode>> stripe;

    /** @param stripe its lists, by path */
    ReversalChecks(Function<String, List<JsonNode>> stripe) {
        this.stripe = stripe;
    }

    /** One credit costs one dollar, so both are told by the same number. */
    Check followed(WalletTopic topic) {
        var taken = takenBack();
        var clawed = new HashMap<String, BigDecimal>();
        topic.all(CreditClawedBack.class)
                .forEach(event -> clawed.merge(event.getReversalId(), Amounts.of(event.getAmount()), BigDecimal::add));
        topic.all(CreditGivenBack.class)
                .forEach(event -> clawed.merge(
                        event.getReversalId(), Amounts.of(event.getAmount()).negate(), BigDecimal::add));
        var ids = new TreeSet<>(taken.keySet());
        ids.addAll(clawed.keySet());
        var violations = ids.stream()
                .filter(id -> !Amounts.equal(amount(taken, id), amount(clawed, id)))
                .map(id -> "%s took %s back, and the ledger %s".formatted(id, amount(taken, id), amount(clawed, id)))
                .toList();
        return new Check("What refunds and disputes took is clawed back, no more and no less", ids.size(), violations);
    }

    private static BigDecimal amount(Map<String, BigDecimal> amounts, String id) {
        return amounts.getOrDefault(id, BigDecimal.ZERO);
    }

    /** What is out of the seller's hands now, by Stripe's id of the refund or the dispute. */
    private Map<String, BigDecimal> takenBack() {
        var taken = new HashMap<String, BigDecimal>();
        var refunds = stripe.apply("/v1/refunds").stream()
                .filter(refund -> refund.path("status").asString("").equals("succeeded"));
        var disputes = stripe.apply("/v1/disputes").stream()
                .filter(dispute -> MONEY_IS_GONE.contains(dispute.path("status").asString("")));
        Stream.concat(refunds, disputes)
                .forEach(each -> taken.put(each.get("id").asString(), amount(each)));
        return taken;
    }

    private static BigDecimal amount(JsonNode reversal) {
        return BigDecimal.valueOf(reversal.path("amount").longValue(), CENTS);
    }
}
