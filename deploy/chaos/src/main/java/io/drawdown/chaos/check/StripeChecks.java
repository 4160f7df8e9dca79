package io.drawdown.chaos.check;

import io.drawdown.chaos.load.Accounts;
import io.drawdown.demo.client.StripeApi;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantKind;
import io.drawdown.events.wallet.ReplenishRequested;
import io.drawdown.events.wallet.ReplenishSettled;
import io.drawdown.events.wallet.ReplenishmentOutcome;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Whether what Stripe captured is what the ledger credited. */
final class StripeChecks {

    private static final String REPLENISHMENT = "drawdown_replenishment_id";
    private static final int CENTS = 2;

    private final WalletTopic topic;
    private final Accounts accounts;
    private final Map<String, List<JsonNode>> paid;

    StripeChecks(WalletTopic topic, Accounts accounts, StripeApi stripe) {
        this.topic = topic;
        this.accounts = accounts;
        this.paid = stripe.list("/v1/invoices?status=paid").stream()
                .collect(Collectors.groupingBy(
                        invoice -> invoice.path("metadata").path(REPLENISHMENT).asString("")));
    }

    List<Check> all() {
        return List.of(atMostOnce(), credited(), declines());
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

    private Check credited() {
        var granted = topic.all(CreditGranted.class).stream()
                .filter(event -> event.getKind() == GrantKind.PAID)
                .collect(Collectors.groupingBy(event -> String.valueOf(event.getReplenishmentId())));
        var violations = new ArrayList<String>();
        paid.forEach((id, invoices) -> {
            var captured =
                    Amounts.sum(invoices.stream().map(StripeChecks::amountPaid).toList());
            var cost = Amounts.sum(granted.getOrDefault(id, List.of()).stream()
                    .map(event -> Amounts.of(event.getCostBasis()))
                    .toList());
            if (!Amounts.equal(captured, cost)) {
                violations.add(id + ": Stripe has captured " + captured + ", the ledger has credited " + cost);
            }
        });
        granted.keySet().stream()
                .filter(id -> !paid.containsKey(id))
                .forEach(id -> violations.add(id + " was credited and not paid"));
        return new Check("What Stripe captured is what the ledger credited", paid.size(), violations);
    }

    private static BigDecimal amountPaid(JsonNode invoice) {
        return BigDecimal.valueOf(invoice.path("amount_paid").longValue(), CENTS);
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
