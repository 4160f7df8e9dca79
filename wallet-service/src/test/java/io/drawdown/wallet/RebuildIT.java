package io.drawdown.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.billing.ReversalState;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.wallet.GrantForfeited;
import io.drawdown.events.wallet.MeterRouted;
import io.drawdown.events.wallet.SettlementChanged;
import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.events.wallet.WalletAdded;
import io.drawdown.events.wallet.WalletStatusChanged;
import io.drawdown.wallet.ledger.Verification;
import io.drawdown.wallet.ledger.Verification.Difference;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Random histories of two wallets of an account, in currencies with no, two and three decimals: who reads wallet.events.v1 and
 * nothing else has the balances that the API shows, and a statement over everything adds up to each.
 */
class RebuildIT extends WalletIntegrationTest {

    private static final int STEPS = 90;
    private static final int PERIODS = 5;
    private static final String OPEN = "{\"status\":\"open\",\"reason\":\"test\"}";
    private static final String CLOSED = "{\"status\":\"closed\",\"reason\":\"test\",\"credit\":\"forfeit\"}";
    private static final List<String> MODES = List.of("prepaid", "arrears", "prepaid-then-arrears");

    final String account = Outside.unique("acc");
    final String path = "/v1/wallets/wal_" + account;

    /** Comes and goes, and pays for a meter now and then. */
    final String further = "/v1/wallets/wal.tokens_" + account;

    @Autowired
    private WalletTopic topic;

    @Autowired
    private Verification verification;

    private final List<String> holds = new ArrayList<>();
    private final List<String> gifts = new ArrayList<>();
    private final List<UsageAccepted> usage = new ArrayList<>();
    private int corrected;

    @ParameterizedTest
    @CsvSource({"USD, 1, 2", "JPY, 2, 0", "KWD, 3, 3", "EUR, 4, 2"})
    void theTopicAloneGivesTheBalance(String currency, long seed, int decimals) {
        var random = new Random(seed);
        var begin = now().minusMillis(1);
        post("/v1/wallets", """
                {"accountId":"%s","currency":"%s","timeZone":"UTC","replenishment":{"enabled":true,"threshold":"3.337","target":"50"}}""".formatted(account, currency));
        post(
                "/v1/wallets",
                "{\"accountId\":\"%s\",\"name\":\"tokens\",\"currency\":\"%s\"}".formatted(account, currency));
        var meter = outside.meteredAt("0.00137", currency);
        var moving = outside.meteredAt("0.0021", currency);
        var bought = Outside.unique("price");
        outside.price(bought, "1", currency, true);
        put(further + "/meters/" + moving, "");
        put(further + "/settlements/" + moving, mode("prepaid-then-arrears"));
        for (int i = 0; i < STEPS; i++) {
            step(random, currency, decimals, meter, moving, bought);
        }
        put(further + "/status", OPEN);
        usage.add(outside.usage(account, meter, "1"));
        await().untilAsserted(() -> {
            post("/v1/parked-usage/replay", "");
            assertThat(used()).contains(usage.getLast().getId());
            assertThat(parked()).doesNotContain(account);
        });
        assertThat(used())
                .as("what counts as it was used")
                .doesNotHaveDuplicates()
                .containsAll(usage.stream().map(UsageAccepted::getId).toList());
        await().untilAsserted(() -> assertThat(corrected(meter)).isEqualTo(corrected));
        post(further + "/grants", "{\"amount\":\"1000000\",\"reason\":\"is forfeited\"}");
        put(further + "/status", CLOSED);
        await().untilAsserted(() -> compare(begin, path));
        await().untilAsserted(() -> compare(begin, further));
        assertThat(topic.eventsOf(account))
                .extracting(event -> (Object) event.getClass())
                .contains(
                        WalletAdded.class,
                        MeterRouted.class,
                        SettlementChanged.class,
                        GrantForfeited.class,
                        WalletStatusChanged.class);
        assertThat(differences()).as("what is in memory and in snapshots").isEmpty();
        var pending = get(path).path("pendingReplenishment").path("amount").path("amount");
        if (!pending.isMissingNode()) {
            assertThat(new BigDecimal(pending.asString()).stripTrailingZeros().scale())
                    .as("what is asked for can be charged")
                    .isLessThanOrEqualTo(Math.min(decimals, 2));
        }
    }

    private void step(Random random, String currency, int decimals, String meter, String moving, String bought) {
        switch (random.nextInt(21)) {
            case 0, 1, 2 -> usage.add(outside.usage(account, meter, Integer.toString(1 + random.nextInt(9000))));
            case 3 -> gifts.add(gift("{\"amount\":\"%s\",\"reason\":\"test\"}".formatted(amount(random, decimals))));
            case 4 ->
                gift("{\"amount\":\"%s\",\"reason\":\"test\",\"expiresAt\":\"%s\",\"priority\":1}"
                        .formatted(amount(random, decimals), now().plus(Duration.ofMinutes(1 + random.nextInt(60)))));
            case 5 ->
                gift("{\"amount\":\"%s\",\"reason\":\"test\",\"effectiveAt\":\"%s\",\"meterIds\":[%s]}"
                        .formatted(
                                amount(random, decimals),
                                now().plus(Duration.ofMinutes(random.nextInt(60))),
                                random.nextBoolean() ? "\"" + meter + "\"" : ""));
            case 6 -> {
                var invoice = outside.paidInvoice(account, bought, amount(random, decimals), currency);
                outside.publish(invoice);
                if (random.nextBoolean()) {
                    outside.publish(outside.refund(invoice, "1", ReversalState.TAKEN, now()));
                }
                if (random.nextBoolean()) {
                    outside.publish(outside.refund(invoice, "0", ReversalState.RETURNED, now().plusMillis(1)));
                }
            }
            case 7 -> {
                var hold = post(path + "/holds", "{\"amount\":\"%s\"}".formatted(amount(random, decimals)));
                if (hold.has("holdId")) {
                    holds.add(hold.path("holdId").asString());
                }
            }
            case 8 -> {
                if (!holds.isEmpty()) {
                    post(
                            path + "/holds/" + holds.getLast() + "/capture",
                            "{\"amount\":\"1\",\"keepRest\":%s}".formatted(random.nextBoolean()));
                }
            }
            case 9 -> {
                if (!holds.isEmpty()) {
                    post(path + "/holds/" + holds.removeFirst() + "/release", "");
                }
            }
            case 10 -> {
                if (!gifts.isEmpty()) {
                    post(path + "/grants/" + gifts.removeLast() + "/void", "{\"reason\":\"test\"}");
                }
            }
            case 11 ->
                gift(
                        "{\"amount\":\"%s\",\"reason\":\"test\",\"expiresAt\":\"%s\",\"rollover\":{\"mostShare\":\"0.5\",\"validFor\":\"P1D\"}}"
                                .formatted(
                                        amount(random, decimals),
                                        now().plus(Duration.ofMinutes(1 + random.nextInt(20)))));
            case 12, 13 -> {
                if (!usage.isEmpty()) {
                    var accepted = usage.remove(random.nextInt(usage.size()));
                    correct(accepted, random);
                    corrected += accepted.getMeterId().equals(meter) ? 1 : 0;
                }
            }
            case 14, 15 -> usage.add(outside.usage(account, moving, Integer.toString(1 + random.nextInt(9000))));
            case 16 -> put((random.nextInt(3) == 0 ? path : further) + "/meters/" + moving, "");
            case 17 ->
                post(
                        further + "/grants",
                        "{\"amount\":\"%s\",\"reason\":\"test\"}".formatted(amount(random, decimals)));
            case 18 ->
                put(
                        (random.nextBoolean() ? path : further) + "/settlements/" + moving,
                        mode(MODES.get(random.nextInt(MODES.size()))));
            case 19 -> put(further + "/status", random.nextInt(3) == 0 ? CLOSED : OPEN);
            default -> advanceTime(Duration.ofMinutes(random.nextInt(30)));
        }
    }

    /** To nothing, or to more than any usage was. */
    private void correct(UsageAccepted accepted, Random random) {
        if (random.nextBoolean()) {
            outside.voidUsage(accepted);
        } else {
            outside.replace(accepted, Integer.toString(9001 + random.nextInt(9000)));
        }
    }

    private static String mode(String mode) {
        return "{\"mode\":\"%s\"}".formatted(mode);
    }

    private static String amount(Random random, int decimals) {
        return new BigDecimal(100 + random.nextInt(4000))
                .movePointLeft(decimals)
                .toPlainString();
    }

    private String gift(String body) {
        post(path + "/grants", body);
        return get(path + "/grants?limit=1000")
                .path("data")
                .valueStream()
                .toList()
                .getLast()
                .path("grantId")
                .asString();
    }

    /** In both wallets, and left to Stripe by them; with repeats, if there were any. */
    private List<String> used() {
        return Stream.of(path, further)
                .flatMap(wallet ->
                        get(wallet + "/ledger?limit=1000").path("data").valueStream())
                .flatMap(entry -> entry.path("lines").valueStream())
                .map(line -> line.path("id").asString())
                .toList();
    }

    private String parked() {
        return get("/v1/parked-usage?limit=1000").toString() + get("/v1/parked-corrections?limit=1000");
    }

    private long corrected(String meter) {
        return topic.eventsOf(account).stream()
                .filter(event -> event instanceof UsageAdjusted adjusted
                        && adjusted.getMeterId().equals(meter))
                .count();
    }

    private List<SpecificRecord> eventsOf(String wallet) {
        return topic.eventsOf(account).stream()
                .filter(event -> wallet.endsWith(
                        "/" + event.get(event.getSchema().getField("walletId").pos())))
                .toList();
    }

    private void compare(Instant begin, String path) {
        var now = now();
        var wallet = get(path);
        var events = eventsOf(path);
        assertThat(events).hasSize(wallet.path("sequence").asInt() + 1);
        var fold = PublicFold.of(events);
        assertThat(amount(wallet, "settled")).isEqualByComparingTo(fold.settled());
        assertThat(amount(wallet, "held")).isEqualByComparingTo(fold.held());
        assertThat(amount(wallet, "overdraft")).isEqualByComparingTo(fold.overdraft());
        assertThat(amount(wallet, "available")).isEqualByComparingTo(fold.available(now));
        assertThat(amount(wallet, "restricted")).isEqualByComparingTo(fold.restricted(now));
        var balance = get(path + "/balance?at=" + now);
        assertThat(amount(balance, "available")).isEqualByComparingTo(fold.available(now));
        assertThat(statedFrom(begin, path)).isEqualByComparingTo(fold.settled());
    }

    /** The last closing balance of periods that follow each other; each statement is only answered if it adds up. */
    private BigDecimal statedFrom(Instant begin, String path) {
        var length = Duration.between(begin, now()).dividedBy(PERIODS);
        var balance = BigDecimal.ZERO;
        for (int i = 0; i < PERIODS; i++) {
            var from = begin.plus(length.multipliedBy(i));
            var to = i == PERIODS - 1 ? now() : from.plus(length);
            var statement = get(path + "/statements?from=" + from + "&to=" + to);
            assertThat(amount(statement, "opening")).isEqualByComparingTo(balance);
            balance = amount(statement, "closing");
        }
        return balance;
    }

    /** Between this process's memory, the snapshots, and a replay of the event store from the first event, byte for byte. */
    private List<Difference> differences() {
        var differences = new ArrayList<Difference>();
        verification.run(
                finding -> {
                    if (finding instanceof Difference difference
                            && Stream.of(path, further)
                                    .anyMatch(each ->
                                            each.endsWith(difference.walletId().value()))) {
                        differences.add(difference);
                    }
                },
                () -> false);
        return differences;
    }

    private static BigDecimal amount(JsonNode wallet, String field) {
        return new BigDecimal(wallet.path(field).path("amount").asString());
    }

    private JsonNode get(String uri) {
        return new WalletClient(billing, account).get(uri);
    }

    /** The answer, which may be a refusal. */
    private JsonNode post(String uri, String body) {
        return send(HttpMethod.POST, uri, body);
    }

    /** May be refused, as to close what is in use or to bring in what is closed. */
    private void put(String uri, String body) {
        send(HttpMethod.PUT, uri, body);
    }

    private JsonNode send(HttpMethod method, String uri, String body) {
        var answer = billing.method(method)
                .uri(uri)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectBody(String.class)
                .returnResult();
        assertThat(answer.getStatus().is5xxServerError()).isFalse();
        return JsonMapper.shared().readTree(answer.getResponseBody());
    }
}
