package io.drawdown.chaos.check;

import io.drawdown.chaos.load.Accounts;
import io.drawdown.chaos.load.Catalogue;
import io.drawdown.events.Money;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantKind;
import io.drawdown.events.wallet.ReplenishRequested;
import io.drawdown.events.wallet.ReplenishSettled;
import io.drawdown.events.wallet.ReplenishmentOutcome;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whether what Stripe captured is what the ledger credited. */
final class StripeChecks {

    private static final String REPLENISHMENT = "drawdown_replenishment_id";
    private static final int CENTS = 2;

    private final WalletTopic topic;
    private final Accounts accounts;
    private final Catalogue catalogue;
    private final List<JsonNode> charges;
    private final Map<String, List<JsonNode>> paid;

    /** @param stripe its lists, by path */
    StripeChecks(WalletTopic topic, Accounts accounts, Catalogue catalogue, Function<String, List<JsonNode>> stripe) {
        this.topic = topic;
        this.accounts = accounts;
        this.catalogue = catalogue;
        this.charges = stripe.apply("/v1/charges");
        this.paid = stripe.apply("/v1/invoices?status=paid").stream()
                .collect(Collectors.groupingBy(
                        invoice -> invoice.path("metadata").path(REPLENISHMENT).asString("")));
    }

    List<Check> all() {
        return List.of(atMostOnce(), nothingBeside(), credited(), onItsTerms(), declines());
    }

    private Check atMostOnce() {
        var asked = topic.all(ReplenishRequested.class).stream()
                .collect(Collectors.toMap(ReplenishRequested::getReplenishmentId, Function.identity()));
        var violations = new ArrayList<String>();
        paid.forEach((id, invoices) -> {
            if (!asked.containsKey(id) || invoices.size() > 1) {
                violations.add(id + " was paid by " + invoices.size() + " invoices"
                        + (asked.containsKey(id) ? "" : " and never asked for"));
            }
        });
        return new Check("A top-up is captured at most once, and only if asked for", asked.size(), violations);
    }

    /** A charge names no invoice, so that money taken twice for one shows in what its customer has paid. */
    private Check nothingBeside() {
        var captured = byCustomer(charges.stream(), "amount_captured");
        var invoiced = byCustomer(paid.values().stream().flatMap(List::stream), "amount_paid");
        var customers = new TreeSet<>(captured.keySet());
        customers.addAll(invoiced.keySet());
        var violations = customers.stream()
                .filter(customer -> !Amounts.equal(
                        captured.getOrDefault(customer, BigDecimal.ZERO),
                        invoiced.getOrDefault(customer, BigDecimal.ZERO)))
                .map(customer -> customer + " was charged " + captured.get(customer) + " and has paid invoices of "
                        + invoiced.get(customer))
                .toList();
        return new Check("Stripe captures what paid invoices say, and nothing beside", charges.size(), violations);
    }

    private static Map<String, BigDecimal> byCustomer(Stream<JsonNode> each, String amount) {
        return each.collect(Collectors.toMap(
                node -> node.path("customer").asString(""), node -> inDollars(node, amount), BigDecimal::add));
    }

    /** A dollar buys a credit, whatever line of the invoice it stands on. */
    private Check credited() {
        var asked = topic.all(ReplenishRequested.class).stream()
                .collect(Collectors.toMap(
                        ReplenishRequested::getReplenishmentId, event -> Amounts.of(event.getAmount())));
        var granted = topic.all(CreditGranted.class).stream()
                .filter(event -> event.getKind() == GrantKind.PAID)
                .collect(Collectors.groupingBy(event -> String.valueOf(event.getReplenishmentId())));
        var violations = new ArrayList<String>();
        paid.forEach((id, invoices) -> {
            var captured = Amounts.sum(invoices.stream()
                    .map(each -> inDollars(each, "amount_paid"))
                    .toList());
            var credit = sum(granted.get(id), CreditGranted::getAmount);
            var cost = sum(granted.get(id), CreditGranted::getCostBasis);
            var wanted = asked.getOrDefault(id, captured);
            if (!Amounts.equal(wanted, captured)
                    || !Amounts.equal(captured, credit)
                    || !Amounts.equal(captured, cost)) {
                violations.add("%s: asked for is %s, Stripe has captured %s, the ledger has credited %s at a cost of %s"
                        .formatted(id, wanted, captured, credit, cost));
            }
        });
        granted.keySet().stream()
                .filter(id -> !paid.containsKey(id))
                .forEach(id -> violations.add(id + " was credited and not paid"));
        return new Check(
                "What Stripe captured is what was asked for and what the ledger credited", paid.size(), violations);
    }

    private static BigDecimal sum(@Nullable List<CreditGranted> granted, Function<CreditGranted, Money> amount) {
        return granted == null
                ? BigDecimal.ZERO
                : Amounts.sum(granted.stream()
                        .map(event -> Amounts.of(amount.apply(event)))
                        .toList());
    }

    /** What is bought at the price has its terms, and a bonus; a bare amount has neither. */
    private Check onItsTerms() {
        var bought = topic.all(CreditGranted.class).stream()
                .filter(event -> event.getKind() == GrantKind.PAID)
                .collect(Collectors.toMap(event -> String.valueOf(event.getInvoiceLineId()), Function.identity()));
        var bonuses = topic.all(CreditGranted.class).stream()
                .filter(event -> event.getBonusOf() != null)
                .collect(Collectors.groupingBy(event -> String.valueOf(event.getBonusOf())));
        var violations = new ArrayList<String>();
        paid.values().stream()
                .flatMap(List::stream)
                .flatMap(invoice -> invoice.path("lines").path("data").values().stream())
                .forEach(line -> {
                    var granted = bought.get(line.path("id").asString(""));
                    if (granted != null
                            && !isOnItsTerms(line, granted, bonuses.getOrDefault(granted.getGrantId(), List.of()))) {
                        violations.add(granted + " is not on the terms of " + line.path("pricing"));
                    }
                });
        return new Check("What is bought has the terms of its price, and its bonus once", bonuses.size(), violations);
    }

    private boolean isOnItsTerms(JsonNode line, CreditGranted granted, List<CreditGranted> bonuses) {
        var price = line.path("pricing").path("price_details").path("price").asString("");
        if (!price.equals(catalogue.creditPriceId())) {
            return granted.getExpiresAt() == null && granted.getRollover() == null && bonuses.isEmpty();
        }
        return lasts(granted) && bonuses.size() == 1 && isBonusOf(granted, bonuses.getFirst());
    }

    private boolean lasts(CreditGranted granted) {
        return granted.getRollover() != null
                && LocalClock.of(accounts, granted.getAccountId())
                        .after(granted.getEffectiveAt(), Catalogue.CREDIT_LASTS)
                        .equals(granted.getExpiresAt());
    }

    private boolean isBonusOf(CreditGranted granted, CreditGranted bonus) {
        return lasts(bonus)
                && Amounts.of(bonus.getCostBasis()).signum() == 0
                && Amounts.equal(
                        Amounts.of(granted.getAmount()).multiply(Catalogue.BONUS), Amounts.of(bonus.getAmount()));
    }

    private static BigDecimal inDollars(JsonNode node, String amount) {
        return BigDecimal.valueOf(node.path(amount).longValue(), CENTS);
    }

    private Check declines() {
        var failed = topic.all(ReplenishSettled.class).stream()
                .filter(event -> event.getOutcome() == ReplenishmentOutcome.FAILED)
                .toList();
        var violations = failed.stream()
                .filter(event ->
                        paid.containsKey(event.getReplenishmentId()) || !accounts.declines(event.getAccountId()))
                .map(event -> event.getReplenishmentId() + " failed (" + event.getReason() + ") although it was paid or"
                        + " the card is good: " + event.getDetail())
                .toList();
        return new Check("A declined top-up stays unpaid", failed.size(), violations);
    }
}
