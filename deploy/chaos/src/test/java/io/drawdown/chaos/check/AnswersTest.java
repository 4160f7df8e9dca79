package io.drawdown.chaos.check;

import static io.drawdown.chaos.load.ChaosMeter.CALLS;
import static io.drawdown.chaos.load.ChaosMeter.IMAGES;
import static io.drawdown.chaos.load.ChaosMeter.PEAK;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.chaos.load.Accounts;
import io.drawdown.chaos.load.Catalogue;
import io.drawdown.chaos.load.ChaosMeter;
import io.drawdown.chaos.load.Sent;
import io.drawdown.events.Money;
import io.drawdown.events.catalog.Rollover;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.events.usage.UsageMeasure;
import io.drawdown.events.wallet.ArrearsAdjusted;
import io.drawdown.events.wallet.CreditClawedBack;
import io.drawdown.events.wallet.CreditGivenBack;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantKind;
import io.drawdown.events.wallet.LeftMeasure;
import io.drawdown.events.wallet.LeftUsage;
import io.drawdown.events.wallet.MeterRouted;
import io.drawdown.events.wallet.SettlementMode;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLeftToArrears;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What services and Stripe answer, beside what must be: each check is made to fail once. */
class AnswersTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Accounts ACCOUNTS = Accounts.of(0, 0);
    private static final String ACCOUNT = ACCOUNTS.ids().getFirst();
    private static final Catalogue CATALOGUE =
            new Catalogue(Map.of(CALLS, "mtr_calls", IMAGES, "mtr_images", PEAK, "mtr_peak"), "price_credit");

    private final Sent sent = new Sent();
    private final List<String> asked = new ArrayList<>();
    private Accounts accounts = ACCOUNTS;

    @Test
    void seeThatACorrectionWasLostJudgedTwiceOrNotRefused() {
        var usage = new Sent.Usage("a", ACCOUNT, CALLS, BigDecimal.TEN);
        sent.took(usage);
        sent.add(new Sent.Correction("void", usage, null));
        sent.add(new Sent.Correction("late", usage, BigDecimal.ONE));

        assertThat(judged(path -> path.endsWith("void") ? "corrected" : "refused", corrected("void", 5)))
                .isEmpty();
        assertThat(judged(path -> path.endsWith("void") ? "corrected" : "refused"))
                .singleElement()
                .asString()
                .contains("is accepted 0 times");
        assertThat(judged(_ -> "corrected", corrected("void", 5), corrected("void", 6), corrected("late", 7)))
                .anyMatch(words -> words.contains("is accepted 2 times"))
                .anyMatch(words -> words.contains("is accepted although the usage is void"))
                .anyMatch(words -> words.contains("is corrected and not refused"));
    }

    /** What a correction is said to be. */
    private interface Status {
        String at(String path);
    }

    private List<String> judged(Status status, SpecificRecord... log) {
        return gate(path -> json("{'status': '%s'}".formatted(status.at(path))), log)
                .getFirst()
                .violations();
    }

    private List<Check> gate(Function<String, JsonNode> answers, SpecificRecord... log) {
        var accepted = AcceptedUsage.of(List.of(log));
        return new GateChecks(sent, accounts, CATALOGUE, answers)
                .all(accepted, WindowedUse.of(accepted, accounts, sent), NOON);
    }

    @Test
    void seeATotalOfTheGateThatIsOff() {
        sent.add(new Sent.Correction("c", used("a", CALLS, "10"), new BigDecimal("4")));
        used("b", PEAK, "3");
        used("c", PEAK, "5");

        assertThat(totals("4", "5")).isEmpty();
        assertThat(totals("10", "5"))
                .hasSize(3)
                .contains(
                        "chaos-hot used 4 of CALLS in the month from 2026-11-01T00:00:00Z, and the gate's totals say 10");
        assertThat(totals("4", "8"))
                .contains(
                        "chaos-hot used 5 of PEAK in the hour from 2026-11-20T12:00:00Z, and the gate's totals say 8");
    }

    @Test
    void seeATotalOfTheGateThatGoesByAnotherClock() {
        accounts = new Accounts(List.of(ACCOUNT), Map.of(ACCOUNT, ZoneId.of("Asia/Kathmandu")));
        used("a", CALLS, "10");

        assertThat(totals("10", "0"))
                .hasSize(6)
                .contains(
                        "chaos-hot used 10 of CALLS in the hour from 2026-11-20T11:15:00Z, and the gate's totals say 0")
                .contains(
                        "chaos-hot used 0 of CALLS in the day from 2026-11-20T00:00:00Z, and the gate's totals say 10")
                .contains(
                        "chaos-hot used 10 of CALLS in the month from 2026-10-31T18:15:00Z, and the gate's totals say 0");
        assertThat(asked)
                .contains("/v1/usage?account=chaos-hot&meter=mtr_calls&window=day"
                        + "&from=2026-10-15T18:15:00Z&to=2026-11-20T18:15:00Z");
    }

    @Test
    void seeUsageThatIsAcceptedAsOfAnotherTimeThanWasSaid() {
        used("a", CALLS, "10");
        assertThat(occurred()).containsExactly("a is accepted as of " + NOON + ", which nobody has said");
        sent.says("a", NOON.minusSeconds(60), NOON.minusSeconds(60));
        sent.says("a", NOON.plusMillis(1), NOON.plusSeconds(1));
        assertThat(occurred()).hasSize(1);
        sent.says("a", NOON, NOON);
        assertThat(occurred()).isEmpty();
    }

    private List<String> occurred() {
        return gate(_ -> json("{}"), accepted("a", CALLS, 1)).get(1).violations();
    }

    private Sent.Usage used(String id, ChaosMeter meter, String quantity) {
        var usage = new Sent.Usage(id, ACCOUNT, meter, new BigDecimal(quantity));
        sent.took(usage);
        return usage;
    }

    /** Answered by the clock of UTC. */
    private List<String> totals(String calls, String peak) {
        return gate(
                        path -> {
                            asked.add(path);
                            return path.contains("mtr_calls")
                                    ? total(path, calls)
                                    : path.contains("mtr_peak") ? total(path, peak) : json("{}");
                        },
                        accepted("a", CALLS, 1),
                        accepted("b", PEAK, 2),
                        accepted("c", PEAK, 3))
                .getLast()
                .violations();
    }

    private static JsonNode total(String path, String value) {
        var start =
                path.contains("=month") ? "2026-11-01T00" : path.contains("=day") ? "2026-11-20T00" : "2026-11-20T12";
        return json("{'data': [{'start': '%s:00:00Z', 'value': '%s'}]}".formatted(start, value));
    }

    private static UsageAccepted accepted(String id, ChaosMeter meter, long offset) {
        return UsageAccepted.newBuilder()
                .setId(id)
                .setSource("/s")
                .setAccountId(ACCOUNT)
                .setMeterId(CATALOGUE.meterId(meter))
                .setValue("1")
                .setOccurredAt(NOON)
                .setAcceptedAt(NOON)
                .setSourcePartition(0)
                .setSourceOffset(offset)
                .build();
    }

    @Test
    void seeARefundThatWasNotOrWronglyFollowed() {
        assertThat(followed("re_1", clawedBack("re_1", "2.50"))).isEmpty();
        assertThat(followed("re_1")).singleElement().asString().contains("re_1 took 2.50 back, and the ledger 0");
        assertThat(followed("re_1", clawedBack("re_1", "2.50"), clawedBack("re_2", "1")))
                .singleElement()
                .asString()
                .contains("re_2 took 0 back, and the ledger 1");
    }

    @Test
    void seeABonusThatStaysWhenItsMoneyGoes() {
        var bought = granted("g", 0, GrantKind.PAID, "40", null);
        var bonus = granted("b", 1, GrantKind.PROMOTIONAL, "4", "g");

        assertThat(bonuses(bought, bonus, taken(2, "g", "10"), taken(3, "b", "1")))
                .isEmpty();
        assertThat(bonuses(bought, bonus, taken(2, "g", "10")))
                .singleElement()
                .asString()
                .contains("re_1 took 10 of g, and 0 of its bonus");
        assertThat(reversals()
                        .followed(topic(bought, bonus, taken(2, "g", "10"), taken(3, "b", "1")))
                        .violations())
                .contains("re_1 took 0 back, and the ledger 10");
    }

    private static List<String> bonuses(SpecificRecord... events) {
        return reversals().followedByBonuses(topic(events)).violations();
    }

    private static ReversalChecks reversals() {
        return new ReversalChecks(_ -> List.of());
    }

    private static WalletTopic topic(SpecificRecord... events) {
        return WalletTopic.of(List.of(events));
    }

    private static CreditClawedBack taken(long sequence, String grant, String amount) {
        var clawed = clawedBack("re_1", amount);
        clawed.setWalletId(Accounts.walletOf(ACCOUNT));
        clawed.setSequence(sequence);
        clawed.setGrantId(grant);
        return clawed;
    }

    @Test
    void seeThatStripeKeepsOtherMoneyThanGrantsCost() {
        var bought = granted("g", 0, GrantKind.PAID, "40", null);
        var bonus = granted("b", 1, GrantKind.PROMOTIONAL, "4", "g");

        assertThat(sums(bought, bonus, taken(2, "g", "12.50"), given(3, "10"))).isEmpty();
        assertThat(sums(bought, bonus, taken(2, "g", "12.50")))
                .containsExactly("Stripe keeps 37.50 USD for credit, and all grants cost 27.50 less what went back");
        assertThat(sums(bought, bonus))
                .containsExactly("Stripe keeps 37.50 USD for credit, and all grants cost 40 less what went back");
        var elsewhere = granted("g", 0, GrantKind.PAID, "40", null);
        elsewhere.setCostBasis(new Money("40", "EUR"));
        assertThat(sums(elsewhere)).hasSize(2);
    }

    /** Of forty dollars two and a half are refunded, and ten were disputed until that was won; a charge has failed. */
    private static List<String> sums(SpecificRecord... events) {
        return new ReversalChecks(path -> switch (path) {
                    case "/v1/charges" ->
                        List.of(
                                json("{'currency': 'usd', 'amount': 4000, 'amount_captured': 4000}"),
                                json("{'currency': 'usd', 'amount': 1000, 'amount_captured': 0}"));
                    case "/v1/refunds" ->
                        List.of(json("{'id': 're_1', 'currency': 'usd', 'status': 'succeeded', 'amount': 250}"));
                    default -> List.of(json("{'id': 'dp_1', 'currency': 'usd', 'status': 'won', 'amount': 1000}"));
                })
                .sums(topic(events))
                .violations();
    }

    private static CreditGivenBack given(long sequence, String amount) {
        return CreditGivenBack.newBuilder()
                .setWalletId(Accounts.walletOf(ACCOUNT))
                .setAccountId(ACCOUNT)
                .setSequence(sequence)
                .setRecordedAt(NOON)
                .setGrantId("g")
                .setReversalId("dp_1")
                .setKind("dispute")
                .setAmount(new Money(amount, "USD"))
                .setCostBasis(new Money(amount, "USD"))
                .setOverdraftRepaid("0")
                .setEffectiveAt(NOON)
                .setExpiresAt(null)
                .setSeenAt(NOON)
                .setSettledAfter("0")
                .build();
    }

    @Test
    void seeCreditThatIsNotOnTheTermsOfItsPrice() {
        var line = "{'id': 'il_1', 'pricing': {'price_details': {'price': '%s'}}}";
        var bought = granted("g", 0, GrantKind.PAID, "40", null);
        var bonus = granted("b", 1, GrantKind.PROMOTIONAL, "4", "g");

        assertThat(terms(line.formatted("price_other"), bought)).isEmpty();
        assertThat(terms(line.formatted("price_credit"), lasting(bought), lasting(bonus)))
                .isEmpty();
        assertThat(terms(line.formatted("price_credit"), bought, lasting(bonus)))
                .hasSize(1);
        assertThat(terms(line.formatted("price_credit"), lasting(bought))).hasSize(1);
        assertThat(terms(line.formatted("price_other"), lasting(bought))).hasSize(1);

        accounts = new Accounts(List.of(ACCOUNT), Map.of(ACCOUNT, ZoneId.of("America/Los_Angeles")));
        assertThat(terms(line.formatted("price_credit"), lasting(bought), lasting(bonus)))
                .hasSize(1);
    }

    private List<String> terms(String line, SpecificRecord... events) {
        var invoice = json("{'amount_paid': 4000, 'lines': {'data': [%s]}}".formatted(line));
        return new StripeChecks(
                        topic(events),
                        accounts,
                        CATALOGUE,
                        path -> path.equals("/v1/charges") ? List.of() : List.of(invoice))
                .all().stream()
                        .filter(check -> check.name().contains("the terms of its price"))
                        .flatMap(check -> check.violations().stream())
                        .toList();
    }

    private static CreditGranted lasting(CreditGranted granted) {
        return CreditGranted.newBuilder(granted)
                .setExpiresAt(Instant.parse("2027-05-20T12:00:00Z"))
                .setRollover(new Rollover(null, "0.5", "P7D"))
                .build();
    }

    private static CreditGranted granted(
            String id, long sequence, GrantKind kind, String amount, @Nullable String bonusOf) {
        return CreditGranted.newBuilder()
                .setWalletId(Accounts.walletOf(ACCOUNT))
                .setAccountId(ACCOUNT)
                .setSequence(sequence)
                .setRecordedAt(NOON)
                .setGrantId(id)
                .setAmount(new Money(amount, "USD"))
                .setCostBasis(new Money(bonusOf == null ? amount : "0", "USD"))
                .setKind(kind)
                .setPriority(50)
                .setEffectiveAt(NOON)
                .setExpiresAt(null)
                .setOverdraftRepaid("0")
                .setInvoiceLineId("il_1")
                .setBonusOf(bonusOf)
                .setSettledAfter("0")
                .build();
    }

    private static List<String> followed(String refund, SpecificRecord... events) {
        var refunds = List.of(json("{'id': '%s', 'status': 'succeeded', 'amount': 250}".formatted(refund)));
        return new ReversalChecks(path -> path.equals("/v1/refunds") ? refunds : List.of())
                .followed(WalletTopic.of(List.of(events)))
                .violations();
    }

    @Test
    void seeThatStripeHasCountedUsageTwice() {
        assertThat(counted("{'left': '3', 'sent': '3', 'counted': '3'}", 3)).isEmpty();
        assertThat(counted("{'left': '3', 'sent': '3', 'counted': '6'}", 3))
                .singleElement()
                .asString()
                .contains("the ledger left 3, and of it 6 are counted");
    }

    @Test
    void seeThatStripeHasNotHeardOfACorrection() {
        assertThat(counted("{'left': '1', 'sent': '1', 'counted': '1'}", 1, adjusted("2", null)))
                .isEmpty();
        assertThat(counted("{'left': '3', 'sent': '3', 'counted': '3'}", 3, adjusted("2", null)))
                .contains(
                        "IMAGES of " + ACCOUNT + ": the ledger left 1, and of it 3 are counted",
                        "IMAGES of " + ACCOUNT + ": the ledger left 1, and Stripe counts 3");
    }

    @Test
    void seeThatStripeCountsOtherThanItIsSaidTo() {
        assertThat(counted("{'left': '3', 'sent': '3', 'counted': '3'}", 6))
                .containsExactly("IMAGES of " + ACCOUNT + ": the ledger left 3, and Stripe counts 6");
    }

    private static ArrearsAdjusted adjusted(String before, @Nullable String after) {
        return ArrearsAdjusted.newBuilder()
                .setWalletId(Accounts.walletOf(ACCOUNT))
                .setAccountId(ACCOUNT)
                .setSequence(2)
                .setRecordedAt(NOON)
                .setSource("/s")
                .setId("a1")
                .setMeterId("mtr_images")
                .setBefore(new LeftMeasure(before, NOON))
                .setBeforeSequence(1)
                .setBeforeLine(0)
                .setAfter(after == null ? null : new LeftMeasure(after, NOON))
                .setCorrectionId("c")
                .setReason("a test")
                .setRequestedBy("billing")
                .build();
    }

    private static List<String> counted(String images, int atStripe, SpecificRecord... corrections) {
        var billing = new ArrearsChecks(
                ACCOUNTS,
                CATALOGUE,
                path -> json(path.contains("mtr_images") ? images : "{'left': '0'}"),
                path -> inStripe(path, atStripe));
        var events = Stream.concat(Stream.of(left("1", 0), left("2", 1)), Stream.of(corrections));
        return billing.counted(WalletTopic.of(events.toList())).violations();
    }

    private static List<JsonNode> inStripe(String path, int images) {
        if (path.equals("/v1/customers")) {
            return List.of(json("{'id': 'cus_1', 'metadata': {'drawdown_account_id': '" + ACCOUNT + "'}}"));
        }
        return path.startsWith("/v1/billing/meters/mtr_images/") && path.contains("customer=cus_1&")
                ? List.of(json("{'aggregated_value': " + images + "}"))
                : List.of();
    }

    @Test
    void seeAFurtherWalletThatPaysAfterItHasLostItsMeter() {
        var further = Accounts.furtherOf(ACCOUNT);
        var main = Accounts.walletOf(ACCOUNT);

        assertThat(routes(routed(main, 0, further), drawn(further, 0), routed(further, 1, main)))
                .isEmpty();
        assertThat(routes(routed(main, 0, further), routed(further, 0, main), drawn(further, 1)))
                .singleElement()
                .asString()
                .contains("after the wallet has lost its meter");
    }

    private static List<String> routes(SpecificRecord... events) {
        return RouteChecks.of(WalletTopic.of(List.of(events)), ACCOUNTS).violations();
    }

    private static UsageCorrected corrected(String id, long offset) {
        return UsageCorrected.newBuilder()
                .setId(id)
                .setAccountId(ACCOUNT)
                .setMeterId("mtr_calls")
                .setUsageId("a")
                .setUsageSource("/s")
                .setUsagePosition(1)
                .setBefore(new UsageMeasure("10", NOON, Map.of()))
                .setAfter(null)
                .setReason("a test")
                .setRequestedBy("billing")
                .setAcceptedAt(NOON)
                .setSourcePartition(0)
                .setSourceOffset(offset)
                .build();
    }

    private static CreditClawedBack clawedBack(String reversal, String amount) {
        return CreditClawedBack.newBuilder()
                .setWalletId(reversal)
                .setAccountId(ACCOUNT)
                .setSequence(0)
                .setRecordedAt(NOON)
                .setGrantId("g")
                .setReversalId(reversal)
                .setKind("refund")
                .setAmount(new Money(amount, "USD"))
                .setCostBasis(new Money(amount, "USD"))
                .setOverdraft("0")
                .setSeenAt(NOON)
                .setSettledAfter("0")
                .build();
    }

    private static UsageLeftToArrears left(String quantity, long sequence) {
        return UsageLeftToArrears.newBuilder()
                .setWalletId(Accounts.walletOf(ACCOUNT))
                .setAccountId(ACCOUNT)
                .setSequence(sequence)
                .setRecordedAt(NOON)
                .setMode(SettlementMode.ARREARS)
                .setLines(List.of(LeftUsage.newBuilder()
                        .setSource("/s")
                        .setId("a" + sequence)
                        .setMeterId("mtr_images")
                        .setQuantity(quantity)
                        .setOccurredAt(NOON)
                        .build()))
                .build();
    }

    private static MeterRouted routed(String wallet, long sequence, String payer) {
        return MeterRouted.newBuilder()
                .setWalletId(wallet)
                .setAccountId(ACCOUNT)
                .setSequence(sequence)
                .setRecordedAt(NOON)
                .setMeterId("mtr_tokens")
                .setPayingWalletId(payer)
                .build();
    }

    private static UsageDrawnDown drawn(String wallet, long sequence) {
        return UsageDrawnDown.newBuilder()
                .setWalletId(wallet)
                .setAccountId(ACCOUNT)
                .setSequence(sequence)
                .setRecordedAt(NOON)
                .setCurrency("USD")
                .setTotal("0")
                .setLines(List.of())
                .setAllocations(List.of())
                .setOverdraft("0")
                .setSettledAfter("0")
                .build();
    }

    private static JsonNode json(String singleQuoted) {
        return JsonMapper.shared().readTree(singleQuoted.replace('\'', '"'));
    }
}
