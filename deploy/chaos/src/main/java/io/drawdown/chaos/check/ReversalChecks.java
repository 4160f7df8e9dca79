package io.drawdown.chaos.check;

import io.drawdown.chaos.load.Catalogue;
import io.drawdown.events.Money;
import io.drawdown.events.wallet.CreditClawedBack;
import io.drawdown.events.wallet.CreditGivenBack;
import io.drawdown.events.wallet.CreditGranted;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    /** One credit costs one dollar, and a bonus nothing, so both are told by the same number. */
    Check followed(WalletTopic topic) {
        var taken = takenBack();
        var clawed = new HashMap<String, BigDecimal>();
        var bonuses = bonuses(topic);
        reversed(topic).forEach((reversed, credit) -> {
            if (!bonuses.containsKey(reversed.grantId())) {
                clawed.merge(reversed.reversalId(), credit, BigDecimal::add);
            }
        });
        var ids = new TreeSet<>(taken.keySet());
        ids.addAll(clawed.keySet());
        var violations = ids.stream()
                .filter(id -> !Amounts.equal(amount(taken, id), amount(clawed, id)))
                .map(id -> "%s took %s back, and the ledger %s".formatted(id, amount(taken, id), amount(clawed, id)))
                .toList();
        return new Check("What refunds and disputes took is clawed back, no more and no less", ids.size(), violations);
    }

    /** Of what had been lost nothing is taken, but it has gone with the money like the rest. */
    private static Map<Reversed, BigDecimal> reversed(WalletTopic topic) {
        var credit = new HashMap<Reversed, BigDecimal>();
        topic.all(CreditClawedBack.class)
                .forEach(event -> credit.merge(
                        new Reversed(event.getReversalId(), event.getGrantId()),
                        Amounts.of(event.getAmount()).add(new BigDecimal(event.getLost())),
                        BigDecimal::add));
        topic.all(CreditGivenBack.class)
                .forEach(event -> credit.merge(
                        new Reversed(event.getReversalId(), event.getGrantId()),
                        Amounts.of(event.getAmount())
                                .add(new BigDecimal(event.getLost()))
                                .negate(),
                        BigDecimal::add));
        return credit;
    }

    private record Reversed(String reversalId, String grantId) {}

    /** Bonuses, and the grants that they came with. */
    private static Map<String, String> bonuses(WalletTopic topic) {
        return topic.all(CreditGranted.class).stream()
                .filter(granted -> granted.getBonusOf() != null)
                .collect(Collectors.toMap(CreditGranted::getGrantId, granted -> String.valueOf(granted.getBonusOf())));
    }

    /** Of a bonus the same share has gone as of what it came with. */
    Check followedByBonuses(WalletTopic topic) {
        var reversed = reversed(topic);
        var violations = new ArrayList<String>();
        var bonuses = bonuses(topic);
        bonuses.forEach((bonus, bought) -> reversed.forEach((each, credit) -> {
            var due = credit.multiply(Catalogue.BONUS);
            var gone = reversed.getOrDefault(new Reversed(each.reversalId(), bonus), BigDecimal.ZERO);
            if (each.grantId().equals(bought) && !Amounts.equal(due, gone)) {
                violations.add(
                        "%s took %s of %s, and %s of its bonus".formatted(each.reversalId(), credit, bought, gone));
            }
        }));
        return new Check("A bonus goes and comes with the money", bonuses.size(), violations);
    }

    /**
     * All in all, by currency: what Stripe keeps of the money for credit is what was paid for all grants, less what went back of it.
     * Of a refund or dispute that the ledger never heard of, or took for another, the sums tell as well.
     */
    Check sums(WalletTopic topic) {
        var kept = new TreeMap<String, BigDecimal>();
        stripe.apply("/v1/charges").forEach(charge -> add(kept, currencyOf(charge), cents(charge, "amount_captured")));
        reversals()
                .forEach(each ->
                        add(kept, currencyOf(each), cents(each, "amount").negate()));
        var paid = new TreeMap<String, BigDecimal>();
        topic.all(CreditGranted.class).forEach(event -> add(paid, event.getCostBasis(), BigDecimal.ONE));
        topic.all(CreditClawedBack.class).forEach(event -> add(paid, event.getCostBasis(), BigDecimal.ONE.negate()));
        topic.all(CreditGivenBack.class).forEach(event -> add(paid, event.getCostBasis(), BigDecimal.ONE));
        var currencies = new TreeSet<>(kept.keySet());
        currencies.addAll(paid.keySet());
        var violations = currencies.stream()
                .filter(currency -> !Amounts.equal(amount(kept, currency), amount(paid, currency)))
                .map(currency -> "Stripe keeps %s %s for credit, and all grants cost %s less what went back"
                        .formatted(amount(kept, currency), currency, amount(paid, currency)))
                .toList();
        return new Check(
                "All that Stripe keeps is what all grants cost, less what went back", currencies.size(), violations);
    }

    private static void add(Map<String, BigDecimal> sums, Money cost, BigDecimal sign) {
        add(sums, cost.getCurrency(), Amounts.of(cost).multiply(sign));
    }

    private static void add(Map<String, BigDecimal> sums, String currency, BigDecimal amount) {
        sums.merge(currency, amount, BigDecimal::add);
    }

    private static String currencyOf(JsonNode node) {
        return node.path("currency").asString("").toUpperCase(Locale.ROOT);
    }

    private static BigDecimal amount(Map<String, BigDecimal> amounts, String id) {
        return amounts.getOrDefault(id, BigDecimal.ZERO);
    }

    /** What is out of the seller's hands now, by Stripe's id of the refund or the dispute. */
    private Map<String, BigDecimal> takenBack() {
        var taken = new HashMap<String, BigDecimal>();
        reversals().forEach(each -> taken.put(each.get("id").asString(), cents(each, "amount")));
        return taken;
    }

    private Stream<JsonNode> reversals() {
        var refunds = stripe.apply("/v1/refunds").stream()
                .filter(refund -> refund.path("status").asString("").equals("succeeded"));
        var disputes = stripe.apply("/v1/disputes").stream()
                .filter(dispute -> MONEY_IS_GONE.contains(dispute.path("status").asString("")));
        return Stream.concat(refunds, disputes);
    }

    private static BigDecimal cents(JsonNode node, String amount) {
        return BigDecimal.valueOf(node.path(amount).longValue(), CENTS);
    }
}
