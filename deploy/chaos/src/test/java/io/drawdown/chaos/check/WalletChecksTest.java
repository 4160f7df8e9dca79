package io.drawdown.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.chaos.load.Accounts;
import io.drawdown.events.Money;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantKind;
import io.drawdown.events.wallet.WalletOpened;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What instances of wallet-service say of one wallet, beside its topic: each check is made to fail once. */
class WalletChecksTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Accounts ACCOUNTS = Accounts.of(1, 0);
    private static final String ACCOUNT = ACCOUNTS.ids().getLast();
    private static final String WALLET = Accounts.walletOf(ACCOUNT);

    private String settled = "10";
    private long sequence = 1;
    private List<String> entries = List.of("0", "10");
    private String verified = "{'type': 'end', 'events': 2}";

    @Test
    void areContentWithWhatFollowsFromTheTopic() {
        assertThat(checks()).extracting(Check::looked).endsWith(2L, 4L);
        assertThat(violations()).isEmpty();
    }

    @Test
    void seeABalanceOfOneInstanceThatIsOff() {
        settled = "9.99";
        assertThat(violations()).containsExactly("wallet-2 says of " + WALLET + ": settled 9.99, and the topic 10");
    }

    @Test
    void seeAnInstanceThatLagsBehind() {
        sequence = 0;
        assertThat(violations()).containsExactly("wallet-2 says of " + WALLET + ": sequence 0, and the topic 1");
    }

    @Test
    void seeALedgerThatLacksAnEntryOrSumsToSomethingElse() {
        entries = List.of("10");
        assertThat(violations()).containsExactly(WALLET + " has 1 entries that sum to 10, and the topic 2 and 10");
        entries = List.of("0", "9");
        assertThat(violations()).containsExactly(WALLET + " has 2 entries that sum to 9, and the topic 2 and 10");
    }

    @Test
    void seeADifferenceBetweenMemoryAndTheLog() {
        verified = "{'type': 'difference', 'walletId': 'w'}";
        assertThat(violations()).singleElement().asString().startsWith("wallet-2 finds {\"type\":\"difference\"");
    }

    @Test
    void seeTwoEventsInOnePlaceAndOneThatDoesNotFollow() {
        assertThat(checks(WalletTopic.of(List.of(opened(), granted("10"), granted("11"))))
                        .getFirst()
                        .violations())
                .singleElement()
                .asString()
                .endsWith("is two different events");
        assertThat(checks(WalletTopic.of(List.of(opened(), granted("12"))))
                        .get(1)
                        .violations())
                .isNotEmpty();
    }

    private List<String> violations() {
        return checks().stream().flatMap(check -> check.violations().stream()).toList();
    }

    private List<Check> checks() {
        return checks(WalletTopic.of(List.of(opened(), granted("10"))));
    }

    /** The second instance is the one that may be wrong, save for entries, which the first is asked for. */
    private List<Check> checks(WalletTopic topic) {
        var instances = new LinkedHashMap<String, WalletChecks.Instance>();
        instances.put("wallet", instance("10", 1, "{'type': 'end', 'events': 2}"));
        instances.put("wallet-2", instance(settled, sequence, verified));
        return new WalletChecks(topic, ACCOUNTS, instances).all();
    }

    private WalletChecks.Instance instance(String settled, long sequence, String verified) {
        return new WalletChecks.Instance(
                path -> path.contains(WALLET) ? answer(path, settled, sequence) : ofAnEmptyWallet(path),
                () -> List.of(json(verified)));
    }

    private JsonNode answer(String path, String settled, long sequence) {
        return path.contains("/ledger") ? page(path) : shown(settled, "10", sequence);
    }

    private static JsonNode ofAnEmptyWallet(String path) {
        return path.contains("/ledger") ? json("{'data': []}") : shown("0", "0", -1);
    }

    /** An entry a page. */
    private JsonNode page(String path) {
        int at = path.contains("cursor=") ? Integer.parseInt(path.substring(path.indexOf("cursor=") + 7)) : 0;
        var next = at + 1 < entries.size() ? ", 'nextCursor': '%d'".formatted(at + 1) : "";
        return json("{'data': [{'amount': {'amount': '%s', 'currency': 'USD'}}]%s}".formatted(entries.get(at), next));
    }

    private static JsonNode shown(String settled, String available, long sequence) {
        var money = "{'amount': '%s', 'currency': 'USD'}";
        return json("{'walletId': '%s', 'settled': %s, 'held': %s, 'overdraft': %s, 'available': %s, 'sequence': %d}"
                .formatted(
                        WALLET,
                        money.formatted(settled),
                        money.formatted("0"),
                        money.formatted("0"),
                        money.formatted(available),
                        sequence));
    }

    private static WalletOpened opened() {
        return WalletOpened.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(0)
                .setRecordedAt(NOON)
                .setCurrency("USD")
                .setTimeZone(ACCOUNTS.zoneOf(ACCOUNT).getId())
                .build();
    }

    private static CreditGranted granted(String settledAfter) {
        return CreditGranted.newBuilder()
                .setWalletId(WALLET)
                .setAccountId(ACCOUNT)
                .setSequence(1)
                .setRecordedAt(NOON)
                .setGrantId("g")
                .setAmount(new Money("10", "USD"))
                .setCostBasis(new Money("0", "USD"))
                .setKind(GrantKind.PROMOTIONAL)
                .setPriority(50)
                .setEffectiveAt(NOON)
                .setExpiresAt(null)
                .setOverdraftRepaid("0")
                .setSettledAfter(settledAfter)
                .build();
    }

    private static JsonNode json(String singleQuoted) {
        return JsonMapper.shared().readTree(singleQuoted.replace('\'', '"'));
    }
}
