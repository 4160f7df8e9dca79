package io.drawdown.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.chaos.load.Accounts;
import io.drawdown.events.Money;
import io.drawdown.events.wallet.Allocation;
import io.drawdown.events.wallet.CreditClawedBack;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantKind;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.WalletOpened;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A report beside the events of one wallet: each figure is wrong once. */
class ReportChecksTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String ACCOUNT = "acme";
    private static final String WALLET = Accounts.walletOf(ACCOUNT);
    private static final String FURTHER = Accounts.furtherOf(ACCOUNT);
    private static final Accounts ACCOUNTS = new Accounts(List.of(ACCOUNT), Map.of(ACCOUNT, ZoneOffset.UTC));

    private static final String ROW = """
            {"walletId": "%s", "settled": "5", "granted": "8", "paid": "6.40", "drawnDown": "3",
             "pendingReplenishment": null, "complete": true}""".formatted(WALLET);

    private static final String EMPTY = """
            {"walletId": "%s", "settled": "0", "granted": "0", "paid": "0", "drawnDown": "0",
             "pendingReplenishment": null, "complete": true}""".formatted(FURTHER);

    private static final String TOTAL =
            "{\"currency\": \"USD\", \"wallets\": 2, \"credit\": \"5.00\", \"overdraft\": \"0\"}";

    @Test
    void areContentWithAReportOfTheSame() {
        assertThat(violations(TOTAL, ROW, EMPTY)).isEmpty();
    }

    @Test
    void seeEachFigureThatIsAnother() {
        Map.of("settled", "5", "granted", "8", "paid", "6.40", "drawnDown", "3").forEach((name, right) -> {
            var wrong = ROW.replace("\"%s\": \"%s\"".formatted(name, right), "\"%s\": \"7\"".formatted(name));

            assertThat(violations(TOTAL, wrong, EMPTY))
                    .singleElement()
                    .asString()
                    .startsWith(WALLET + " is reported with " + name + " 7, and the topic says " + right);
        });
    }

    @Test
    void seeAWalletThatIsNotWholeWaitsOrIsNotThere() {
        assertThat(violations(TOTAL, ROW.replace("true", "false"), EMPTY))
                .containsExactly(WALLET + " is reported without one of its events");
        assertThat(violations(TOTAL, ROW.replace("null", "\"r1\""), EMPTY))
                .containsExactly(WALLET + " is reported to wait for \"r1\"");
        assertThat(violations(TOTAL, ROW)).containsExactly(FURTHER + " is in no report");
        assertThat(violations(TOTAL, ROW, EMPTY, EMPTY.replace(FURTHER, "wal_other")))
                .containsExactly("wal_other is reported, and nobody has opened it");
    }

    @Test
    void seeTotalsThatAreOthers() {
        assertThat(violations(TOTAL.replace("5.00", "4"), ROW, EMPTY))
                .containsExactly("All of USD is reported with credit 4, and the topic says 5");
        assertThat(violations(TOTAL.replace("\"0\"", "\"1\""), ROW, EMPTY))
                .containsExactly("All of USD is reported with overdraft 1, and the topic says 0");
        assertThat(violations(TOTAL.replace("2", "1"), ROW, EMPTY))
                .containsExactly("All of USD is reported with wallets 1, and the topic says 2");
        assertThat(violations("", ROW, EMPTY)).containsExactly("All of USD is in no report");
        assertThat(violations(TOTAL.replace("USD", "EUR"), ROW, EMPTY))
                .containsExactly("All of USD is in no report", "EUR is reported, which nobody has");
    }

    @Test
    void areNotContentWithoutAnAnswer() {
        var check = checks(_ -> {
            throw new UncheckedIOException(new IOException("timed out"));
        });

        assertThat(check.wallets().violations()).singleElement().asString().contains("no report", "timed out");
    }

    /** Of ten that cost eight three are used, and of the rest two go back. */
    private static List<String> violations(String total, String... rows) {
        var report = "{\"totals\": [%s], \"rows\": [%s]}".formatted(total, String.join(",", rows));
        return checks(_ -> json(report)).wallets().violations();
    }

    private static ReportChecks checks(Function<String, JsonNode> reporting) {
        return new ReportChecks(
                WalletTopic.of(List.of(opened(), granted(), drawn(), clawedBack())), ACCOUNTS, reporting);
    }

    private static WalletOpened opened() {
        return WalletOpened.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(0)
                .setRecordedAt(NOON)
                .setCurrency("USD")
                .build();
    }

    private static CreditGranted granted() {
        return CreditGranted.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(1)
                .setRecordedAt(NOON)
                .setGrantId("g")
                .setAmount(new Money("10", "USD"))
                .setCostBasis(new Money("8", "USD"))
                .setKind(GrantKind.PAID)
                .setPriority(50)
                .setEffectiveAt(NOON)
                .setExpiresAt(null)
                .setOverdraftRepaid("0")
                .setSettledAfter("10")
                .build();
    }

    private static UsageDrawnDown drawn() {
        return UsageDrawnDown.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(2)
                .setRecordedAt(NOON)
                .setCurrency("USD")
                .setTotal("3")
                .setLines(List.of())
                .setAllocations(List.of(new Allocation("g", "3")))
                .setOverdraft("0")
                .setSettledAfter("7")
                .build();
    }

    private static CreditClawedBack clawedBack() {
        return CreditClawedBack.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(3)
                .setRecordedAt(NOON)
                .setGrantId("g")
                .setReversalId("re_1")
                .setKind("refund")
                .setAmount(new Money("2", "USD"))
                .setCostBasis(new Money("1.60", "USD"))
                .setOverdraft("0")
                .setAllocations(List.of(new Allocation("g", "2")))
                .setSeenAt(NOON)
                .setSettledAfter("5")
                .build();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
