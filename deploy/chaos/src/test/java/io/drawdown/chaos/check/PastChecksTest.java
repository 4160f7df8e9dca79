package io.drawdown.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.chaos.load.Accounts;
import io.drawdown.chaos.load.Sent;
import io.drawdown.chaos.load.Sent.PastBalance;
import io.drawdown.events.Money;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantKind;
import io.drawdown.events.wallet.GrantVoided;
import io.drawdown.events.wallet.WalletOpened;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A wallet that was given 10 at noon and 5 a minute later, and lost the 5 in the minute after that. */
class PastChecksTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant NOW = NOON.plusSeconds(600);
    private static final Accounts ACCOUNTS = Accounts.of(0, 0);
    private static final String ACCOUNT = ACCOUNTS.ids().getFirst();
    private static final String WALLET = Accounts.walletOf(ACCOUNT);
    private static final String STATEMENT =
            "/v1/wallets/" + WALLET + "/statements?from=" + NOON.minusSeconds(1) + "&to=" + NOW;

    private final Sent sent = new Sent();
    private final Map<String, JsonNode> answers = new HashMap<>(Map.of(
            STATEMENT,
            statement("GRANTED_PROMOTIONAL", "15", "VOIDED", "-5", "10", 4),
            PastBalance.path(WALLET, NOON),
            balance("10"),
            PastBalance.path(WALLET, NOON.plusSeconds(60)),
            balance("15"),
            PastBalance.path(WALLET, NOON.plusSeconds(120)),
            balance("10")));

    @Test
    void findsNothingWrongWithAPastThatStays() {
        noted(NOON, "10");
        noted(NOON.plusSeconds(60), "15");
        noted(NOON.plusSeconds(119), "15");
        noted(NOON.plusSeconds(120), "10");
        assertThat(checks()).allMatch(Check::holds);
        assertThat(checks()).extracting(Check::looked).containsExactly(4L, 7L, 4L);
    }

    @Test
    void seesABalanceThatIsAnotherOneLater() {
        noted(NOON, "10");
        answers.put(PastBalance.path(WALLET, NOON), balance("9"));
        assertThat(checks().getFirst().violations()).singleElement().asString().contains("was said to be final");
    }

    @Test
    void seesABalanceThatTheTopicDoesNotGive() {
        noted(NOON.plusSeconds(59), "15");
        assertThat(checks().get(1).violations()).hasSize(2).allMatch(words -> words.contains("had 10"));
    }

    /** Nobody has noted any. */
    @Test
    void seesABalanceInTheMidstOfTheRunThatTheTopicDoesNotGive() {
        answers.put(PastBalance.path(WALLET, NOON.plusSeconds(60)), balance("14"));
        assertThat(checks().get(1).violations()).hasSize(2).allMatch(words -> words.contains("had 15"));
    }

    @Test
    void seesAStatementThatLacksSomething() {
        answers.put(STATEMENT, statement("GRANTED_PROMOTIONAL", "10", "VOIDED", "0", "10", 4));
        assertThat(checks().getLast().violations()).singleElement().asString().contains("moved it");
        answers.put(STATEMENT, statement("GRANTED_PROMOTIONAL", "15", "VOIDED", "-5", "10.01", 4));
        assertThat(checks().getLast().violations()).singleElement().asString().contains("from nothing to 10");
        answers.put(STATEMENT, statement("GRANTED_PROMOTIONAL", "15", "VOIDED", "-5", "10", 3));
        assertThat(checks().getLast().violations()).singleElement().asString().contains("4 entries");
    }

    private List<Check> checks() {
        var topic = WalletTopic.of(List.of(opened(), granted(1, "g", "10"), granted(2, "h", "5"), voided()));
        return new PastChecks(topic, ACCOUNTS, sent, Map.of("wallet", answers::get)).all(NOW);
    }

    private void noted(Instant at, String settled) {
        sent.add(new PastBalance(WALLET, at, balance(settled)));
        answers.put(PastBalance.path(WALLET, at), balance(settled));
    }

    private static JsonNode balance(String settled) {
        return JsonMapper.shared().readTree("""
                {"settled":{"amount":"%s"},"available":{"amount":"%s"},"held":{"amount":"0"},"overdraft":{"amount":"0"}}
                """.formatted(settled, settled));
    }

    private static JsonNode statement(
            String kind, String amount, String other, String otherAmount, String closing, int entries) {
        return JsonMapper.shared().readTree("""
                {"movements":[{"kind":"%s","amount":{"amount":"%s"}},{"kind":"%s","amount":{"amount":"%s"}}],
                 "opening":{"amount":"0"},"closing":{"amount":"%s"},"entries":%d}
                """.formatted(kind, amount, other, otherAmount, closing, entries));
    }

    private static WalletOpened opened() {
        return WalletOpened.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(0)
                .setRecordedAt(NOON.minusSeconds(1))
                .setCurrency("USD")
                .build();
    }

    /** The first at noon, the next a minute later. */
    private static CreditGranted granted(long sequence, String id, String amount) {
        var at = NOON.plusSeconds(60 * (sequence - 1));
        return CreditGranted.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(sequence)
                .setRecordedAt(at)
                .setGrantId(id)
                .setAmount(new Money(amount, "USD"))
                .setCostBasis(new Money("0", "USD"))
                .setKind(GrantKind.PROMOTIONAL)
                .setPriority(50)
                .setEffectiveAt(at)
                .setOverdraftRepaid("0")
                .setSettledAfter(sequence == 1 ? "10" : "15")
                .build();
    }

    private static GrantVoided voided() {
        return GrantVoided.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(3)
                .setRecordedAt(NOON.plusSeconds(120))
                .setGrantId("h")
                .setAmount(new Money("5", "USD"))
                .setReason("test")
                .setSettledAfter("10")
                .build();
    }
}
