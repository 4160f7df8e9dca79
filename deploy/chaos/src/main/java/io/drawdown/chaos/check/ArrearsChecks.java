package io.drawdown.chaos.check;

import io.drawdown.chaos.load.Accounts;
import io.drawdown.chaos.load.Catalogue;
import io.drawdown.chaos.load.ChaosMeter;
import io.drawdown.events.wallet.ArrearsAdjusted;
import io.drawdown.events.wallet.LeftMeasure;
import io.drawdown.events.wallet.UsageLeftToArrears;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whether Stripe's meters have counted what the ledger has left to them, once, as billing-sync-service says and as Stripe does. */
final class ArrearsChecks {

    private static final List<ChaosMeter> METERS = List.of(ChaosMeter.MINUTES, ChaosMeter.IMAGES);
    private static final List<String> STATES = List.of("left", "sent", "counted");

    private final Accounts accounts;
    private final Catalogue catalogue;
    private final Function<String, JsonNode> billing;
    private final Function<String, List<JsonNode>> stripe;

    /**
     * @param billing what billing-sync-service answers on a path
     * @param stripe what Stripe lists there
     */
    ArrearsChecks(
            Accounts accounts,
            Catalogue catalogue,
            Function<String, JsonNode> billing,
            Function<String, List<JsonNode>> stripe) {
        this.accounts = accounts;
        this.catalogue = catalogue;
        this.billing = billing;
        this.stripe = stripe;
    }

    Check counted(WalletTopic topic) {
        var left = left(topic);
        var customers = Accounts.customers(stripe);
        var violations = new ArrayList<String>();
        for (var account : accounts.ids()) {
            for (var meter : METERS) {
                var expected = left.getOrDefault(account + " " + catalogue.meterId(meter), BigDecimal.ZERO);
                compare(account, meter, expected, violations);
                compareWithStripe(account, customers.get(account), meter, expected, violations);
            }
        }
        return new Check("Stripe's meters count what is left to them, once", left.size(), violations);
    }

    private void compare(String account, ChaosMeter meter, BigDecimal expected, List<String> violations) {
        var now = Instant.now();
        var shown = billing.apply("/v1/meter-events/comparison?accountId=%s&meterId=%s&from=%s&to=%s"
                .formatted(
                        account,
                        catalogue.meterId(meter),
                        now.minus(Duration.ofDays(2)),
                        now.plus(Duration.ofHours(1))));
        STATES.forEach(state -> {
            var said = new BigDecimal(shown.path(state).asString("0"));
            if (!Amounts.equal(expected, said)) {
                violations.add("%s of %s: the ledger left %s, and of it %s are %s"
                        .formatted(meter, account, expected, said, state));
            }
        });
    }

    private void compareWithStripe(
            String account, @Nullable String customer, ChaosMeter meter, BigDecimal expected, List<String> violations) {
        var now = Instant.now().truncatedTo(ChronoUnit.HOURS);
        var said = stripe
                .apply("/v1/billing/meters/%s/event_summaries?customer=%s&start_time=%s&end_time=%s"
                        .formatted(
                                catalogue.meterId(meter),
                                customer,
                                now.minus(Duration.ofDays(2)).getEpochSecond(),
                                now.plus(Duration.ofHours(2)).getEpochSecond()))
                .stream()
                .map(summary -> summary.get("aggregated_value").decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (!Amounts.equal(expected, said)) {
            violations.add(
                    "%s of %s: the ledger left %s, and Stripe counts %s".formatted(meter, account, expected, said));
        }
    }

    private static Map<String, BigDecimal> left(WalletTopic topic) {
        var left = new HashMap<String, BigDecimal>();
        topic.all(UsageLeftToArrears.class)
                .forEach(event -> event.getLines()
                        .forEach(line -> left.merge(
                                event.getAccountId() + " " + line.getMeterId(),
                                new BigDecimal(line.getQuantity()),
                                BigDecimal::add)));
        topic.all(ArrearsAdjusted.class)
                .forEach(event -> left.merge(
                        event.getAccountId() + " " + event.getMeterId(),
                        quantity(event.getAfter()).subtract(quantity(event.getBefore())),
                        BigDecimal::add));
        return left;
    }

    private static BigDecimal quantity(@Nullable LeftMeasure measure) {
        return measure == null ? BigDecimal.ZERO : new BigDecimal(measure.getQuantity());
    }
}
