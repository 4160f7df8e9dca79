package io.drawdown.chaos.check;

import static io.drawdown.chaos.load.ChaosMeter.CALLS;
import static io.drawdown.chaos.load.ChaosMeter.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.chaos.load.Accounts;
import io.drawdown.chaos.load.Catalogue;
import io.drawdown.chaos.load.Sent;
import io.drawdown.events.Money;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.events.usage.UsageMeasure;
import io.drawdown.events.wallet.CreditClawedBack;
import io.drawdown.events.wallet.LeftUsage;
import io.drawdown.events.wallet.MeterRouted;
import io.drawdown.events.wallet.SettlementMode;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLeftToArrears;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What services and Stripe answer, beside what must be: each check is made to fail once. */
class AnswersTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Accounts ACCOUNTS = Accounts.of(0);
    private static final String ACCOUNT = ACCOUNTS.ids().getFirst();
    private static final Catalogue CATALOGUE = new Catalogue(Map.of(CALLS, "mtr_calls", IMAGES, "mtr_images"));

    private final Sent sent = new Sent();

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
        return new GateChecks(sent, ACCOUNTS, CATALOGUE, answers).all(AcceptedUsage.of(List.of(log)));
    }

    @Test
    void seeATotalOfTheGateThatIsOff() {
        var usage = new Sent.Usage("a", ACCOUNT, CALLS, BigDecimal.TEN);
        sent.took(usage);
        sent.add(new Sent.Correction("c", usage, new BigDecimal("4")));

        assertThat(totals("4")).isEmpty();
        assertThat(totals("10")).singleElement().asString().contains("used 4 of CALLS, and the gate's totals say 10");
    }

    private List<String> totals(String calls) {
        return gate(path -> json(path.contains("mtr_calls") ? "{'data': [{'value': '%s'}]}".formatted(calls) : "{}"))
                .getLast()
                .violations();
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

    private static List<String> followed(String refund, SpecificRecord... events) {
        var refunds = List.of(json("{'id': '%s', 'status': 'succeeded', 'amount': 250}".formatted(refund)));
        return new ReversalChecks(path -> path.equals("/v1/refunds") ? refunds : List.of())
                .followed(WalletTopic.of(List.of(events)))
                .violations();
    }

    @Test
    void seeThatStripeHasCountedUsageTwice() {
        assertThat(counted("{'left': '3', 'sent': '3', 'counted': '3'}")).isEmpty();
        assertThat(counted("{'left': '3', 'sent': '3', 'counted': '6'}"))
                .singleElement()
                .asString()
                .contains("the ledger left 3, and of it 6 are counted");
    }

    private static List<String> counted(String images) {
        var billing = new ArrearsChecks(
                ACCOUNTS, CATALOGUE, path -> json(path.contains("mtr_images") ? images : "{'left': '0'}"));
        return billing.counted(WalletTopic.of(List.of(left("1", 0), left("2", 1))))
                .violations();
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
