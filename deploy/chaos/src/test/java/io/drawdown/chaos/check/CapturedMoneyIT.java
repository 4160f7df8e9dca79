package io.drawdown.chaos.check;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.chaos.platform.OnRunningLedger;
import io.drawdown.chaos.platform.RunningLedger;
import io.drawdown.demo.client.JsonApi;
import io.drawdown.demo.client.StripeApi;
import io.drawdown.events.Money;
import io.drawdown.events.wallet.CreditClawedBack;
import io.drawdown.events.wallet.CreditGivenBack;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * In each currency, what Stripe has captured for credit, less what was refunded and what disputes hold, is what the ledger was
 * paid for its grants, less what it has clawed back, although Stripe tells of everything twice and in any order.
 */
@ExtendWith(OnRunningLedger.class)
class CapturedMoneyIT {

    private static final Payer BUYER = new Payer("money-buyer", "USD", "pm_card_visa");
    private static final Payer WINS = new Payer("money-wins", "USD", "pm_card_createDispute");
    private static final Payer LOSES = new Payer("money-loses", "EUR", "pm_card_createDispute");
    private static final Payer EUROPEAN = new Payer("money-eur", "EUR", "pm_card_visa");
    private static final Payer JAPANESE = new Payer("money-jpy", "JPY", "pm_card_visa");
    private static final List<Payer> PAYERS = List.of(BUYER, WINS, LOSES, EUROPEAN, JAPANESE);

    private static final String FURTHER = "wal.tokens_" + BUYER.account;
    private static final String FURTHER_METER = "mtr-tokens";
    private static final Set<String> MONEY_IS_GONE = Set.of("needs_response", "under_review", "lost");

    private final RunningLedger ledger;
    private final JsonApi wallets;
    private final StripeApi stripe;
    private final TopicReader reader;
    private final Map<String, String> customers = new HashMap<>();

    CapturedMoneyIT(RunningLedger ledger) {
        this.ledger = ledger;
        this.wallets = ledger.wallets();
        this.stripe = ledger.environment().stripe();
        this.reader = TopicReader.impatient(ledger.environment());
    }

    /** An account whose card does what its name says. */
    private record Payer(String account, String currency, String card) {

        private String meter() {
            return "mtr-" + currency.toLowerCase(Locale.ROOT);
        }

        private Map<String, Object> policy() {
            return currency.equals("JPY")
                    ? Map.of("enabled", true, "threshold", "2000", "amount", "5000")
                    : Map.of("enabled", true, "threshold", "20", "amount", "50.50");
        }

        /** So much that the wallet asks for a top-up, and behind that for another. */
        private String use() {
            return currency.equals("JPY") ? "4100" : "48.1";
        }
    }

    @BeforeEach
    void open() {
        tellWebhooks(true, 1_000_000);
        for (var payer : PAYERS) {
            ledger.absent().account(payer.account, payer.currency);
            ledger.absent().meter(payer.meter(), "1", payer.currency);
            open(payer, Map.of());
        }
        ledger.absent().meter(FURTHER_METER, "1", BUYER.currency);
        open(BUYER, Map.of("name", "tokens", "meterIds", List.of(FURTHER_METER)));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            stripe.list("/v1/customers").forEach(each -> customers.put(accountOf(each), id(each)));
            assertThat(customers)
                    .containsKeys(PAYERS.stream().map(Payer::account).toArray(String[]::new));
        });
        PAYERS.forEach(this::putCardOnFile);
    }

    @AfterEach
    void close() {
        tellWebhooks(false, 0);
        reader.close();
    }

    /** Whether they come in any order, and how many of those to come do so twice. */
    private void tellWebhooks(boolean shuffled, int twice) {
        ledger.environment()
                .api("stripe", "billing")
                .post("/_sandbox/webhooks", Map.of("shuffle", shuffled, "duplicate", twice), "");
    }

    private void open(Payer payer, Map<String, Object> more) {
        var opening = new HashMap<String, Object>(more);
        opening.put("accountId", payer.account);
        opening.put("currency", payer.currency);
        opening.put("replenishment", payer.policy());
        wallets.post("/v1/wallets", opening, payer.account + more.size());
    }

    private void putCardOnFile(Payer payer) {
        var customer = customer(payer);
        var card = id(stripe.post("/v1/payment_methods/" + payer.card + "/attach", Map.of("customer", customer)));
        stripe.post("/v1/customers/" + customer, Map.of("invoice_settings[default_payment_method]", card));
    }

    @Test
    void isWhatTheLedgerWasPaidLessWhatItClawedBack() {
        topUp(1);
        topUp(2);
        PAYERS.forEach(this::stopReplenishing); // Credit that is disputed at once may leave too little again and again.
        var bought = buyAtADiscount();
        assertThat(inCurrencies(captured()).keySet()).containsExactly("EUR", "JPY", "USD");
        assertAgree(Set.of());

        var toppedUp = chargesOf(BUYER).stream()
                .filter(charge -> !id(charge).equals(id(bought)))
                .toList();
        refund(bought, 2_000);
        refund(toppedUp.get(0), 1_234);
        refund(toppedUp.get(1), 5_050);
        refund(chargesOf(EUROPEAN).getFirst(), 1);
        refund(chargesOf(EUROPEAN).getFirst(), 4_999);
        refund(chargesOf(JAPANESE).getFirst(), 333);
        var won = disputesOf(WINS).getFirst();
        stripe.post(
                "/v1/disputes/" + id(won),
                Map.of("evidence[uncategorized_text]", "winning_evidence", "submit", "true"));
        stripe.post("/v1/disputes/" + id(disputesOf(LOSES).getFirst()) + "/close", Map.of());

        assertAgree(Set.of(id(won)));
        assertThat(reversals()).hasSizeGreaterThanOrEqualTo(6 + 4);
    }

    /** For the first or the second time. */
    private void topUp(int time) {
        PAYERS.forEach(payer -> ledger.absent().usage(payer.account, payer.meter(), payer.use()));
        ledger.absent().usage(BUYER.account, FURTHER_METER, BUYER.use());
        patiently("top-ups")
                .untilAsserted(() -> assertThat(
                                Stream.concat(PAYERS.stream().map(payer -> "wal_" + payer.account), Stream.of(FURTHER)))
                        .allSatisfy(wallet -> assertThat(grantsOf(wallet)).hasSizeGreaterThanOrEqualTo(time)));
    }

    private void stopReplenishing(Payer payer) {
        wallets.put(
                "/v1/wallets/wal_" + payer.account + "/replenishment",
                Map.of("enabled", false, "threshold", "0", "amount", "0"));
    }

    /** Credit of $100 for $80, on an invoice that somebody makes in Stripe; returns the charge. */
    private JsonNode buyAtADiscount() {
        var product = id(stripe.post("/v1/products", Map.of("name", "Credits")));
        var price = id(stripe.post("/v1/prices", Map.of("product", product, "currency", "usd", "unit_amount", "100")));
        ledger.absent().creditPrice(price, "1", BUYER.currency);
        var coupon = id(stripe.post("/v1/coupons", Map.of("percent_off", "20", "duration", "once")));
        var customer = customer(BUYER);
        var invoice = id(stripe.post("/v1/invoices", Map.of("customer", customer, "discounts[0][coupon]", coupon)));
        stripe.post(
                "/v1/invoiceitems",
                Map.of("customer", customer, "invoice", invoice, "pricing[price]", price, "quantity", "100"));
        stripe.post("/v1/invoices/" + invoice + "/finalize", Map.of());
        stripe.post("/v1/invoices/" + invoice + "/pay", Map.of());
        var wallet = "wal_" + BUYER.account;
        patiently("the credit bought")
                .untilAsserted(() -> assertThat(grantsOf(wallet))
                        .extracting(grant -> Amounts.of(grant.getCostBasis()).toPlainString())
                        .contains("80.00"));
        return chargesOf(BUYER).stream()
                .filter(charge -> charge.get("amount_captured").longValue() == 8_000)
                .findFirst()
                .orElseThrow();
    }

    private void refund(JsonNode charge, long minorUnits) {
        stripe.post("/v1/refunds", Map.of("charge", id(charge), "amount", Long.toString(minorUnits)));
    }

    /** Once the ledger has followed all that was taken back. */
    private void assertAgree(Set<String> won) {
        patiently("the ledger").untilAsserted(() -> {
            var topic = topic();
            assertThat(of(topic, CreditClawedBack.class).map(CreditClawedBack::getReversalId))
                    .containsOnlyOnceElementsOf(reversals());
            assertThat(of(topic, CreditGivenBack.class).map(CreditGivenBack::getReversalId))
                    .containsExactlyElementsOf(won);
            assertThat(onTheLedger(topic)).isEqualTo(atStripe());
        });
    }

    private List<String> reversals() {
        return Stream.concat(refunds(), disputes()).map(CapturedMoneyIT::id).toList();
    }

    private Map<String, BigDecimal> atStripe() {
        var refunded =
                refunds().filter(refund -> refund.path("status").asString("").equals("succeeded"));
        var disputed = disputes()
                .filter(dispute -> MONEY_IS_GONE.contains(dispute.path("status").asString("")));
        var gone = Stream.concat(refunded, disputed)
                .map(each -> amount(each, "amount"))
                .map(CapturedMoneyIT::negative);
        return inCurrencies(Stream.concat(captured(), gone));
    }

    private Stream<Money> captured() {
        return stripe.list("/v1/charges").stream().map(charge -> amount(charge, "amount_captured"));
    }

    private static Map<String, BigDecimal> onTheLedger(WalletTopic topic) {
        return inCurrencies(Stream.of(
                        of(topic, CreditGranted.class).map(CreditGranted::getCostBasis),
                        of(topic, CreditGivenBack.class).map(CreditGivenBack::getCostBasis),
                        of(topic, CreditClawedBack.class).map(clawed -> negative(clawed.getCostBasis())))
                .flatMap(amounts -> amounts));
    }

    private static Map<String, BigDecimal> inCurrencies(Stream<Money> amounts) {
        return amounts
                .filter(money -> Amounts.of(money).signum() != 0)
                .collect(toMap(Money::getCurrency, Amounts::of, BigDecimal::add, TreeMap::new))
                .entrySet()
                .stream()
                .collect(toMap(
                        Map.Entry::getKey, sum -> sum.getValue().stripTrailingZeros(), (one, _) -> one, TreeMap::new));
    }

    private static Money negative(Money money) {
        return new Money(Amounts.of(money).negate().toPlainString(), money.getCurrency());
    }

    /** As Stripe counts, in the currency's smallest unit. */
    private static Money amount(JsonNode node, String field) {
        var currency = Currency.getInstance(node.get("currency").asString().toUpperCase(Locale.ROOT));
        var amount = BigDecimal.valueOf(node.get(field).longValue(), currency.getDefaultFractionDigits());
        return new Money(amount.toPlainString(), currency.getCurrencyCode());
    }

    private List<CreditGranted> grantsOf(String wallet) {
        return of(topic(), CreditGranted.class)
                .filter(grant -> grant.getWalletId().equals(wallet) && grant.getKind() == GrantKind.PAID)
                .toList();
    }

    private List<JsonNode> chargesOf(Payer payer) {
        return stripe.list("/v1/charges").stream()
                .filter(charge -> charge.path("customer").asString("").equals(customer(payer)))
                .sorted(Comparator.comparing(CapturedMoneyIT::id))
                .toList();
    }

    private List<JsonNode> disputesOf(Payer payer) {
        var charges = chargesOf(payer).stream().map(CapturedMoneyIT::id).collect(toSet());
        return disputes()
                .filter(dispute -> charges.contains(dispute.path("charge").asString("")))
                .toList();
    }

    private Stream<JsonNode> refunds() {
        return stripe.list("/v1/refunds").stream();
    }

    private Stream<JsonNode> disputes() {
        return stripe.list("/v1/disputes").stream();
    }

    private String customer(Payer payer) {
        return String.valueOf(customers.get(payer.account));
    }

    private static String accountOf(JsonNode customer) {
        return customer.path("metadata").path("drawdown_account_id").asString("");
    }

    private static String id(JsonNode node) {
        return node.get("id").asString();
    }

    private static <E> Stream<E> of(WalletTopic topic, Class<E> kind) {
        return topic.all(kind).stream();
    }

    private WalletTopic topic() {
        return WalletTopic.read(reader);
    }

    private static ConditionFactory patiently(String what) {
        return await(what)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptions();
    }
}
