package io.drawdown.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.billing.ReversalState;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.wallet.ledger.Verification;
import io.drawdown.wallet.ledger.Verification.Difference;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Random histories, in currencies with no, two and three decimals: who reads wallet.events.v1 and nothing else has the balance
 * that the API shows, and a statement over everything adds up to it.
 */
class RebuildIT extends WalletIntegrationTest {

    private static final int STEPS = 60;
    private static final int PERIODS = 5;

    final String account = Outside.unique("acc");
    final String path = "/v1/wallets/wal_" + account;

    @Autowired
    private WalletTopic topic;

    @Autowired
    private Verification verification;

    private final List<String> holds = new ArrayList<>();
    private final List<String> gifts = new ArrayList<>();
    private final List<UsageAccepted> usage = new ArrayList<>();
    private int used;
    private int corrected;

    @ParameterizedTest
    @CsvSource({"USD, 1, 2", "JPY, 2, 0", "KWD, 3, 3", "EUR, 4, 2"})
    void theTopicAloneGivesTheBalance(String currency, long seed, int decimals) {
        var random = new Random(seed);
        var begin = now().minusMillis(1);
        post("/v1/wallets", """
                {"accountId":"%s","currency":"%s","timeZone":"UTC","replenishment":{"enabled":true,"threshold":"3.337","target":"50"}}""".formatted(account, currency));
        var meter = outside.meteredAt("0.00137", currency);
        var bought = Outside.unique("price");
        outside.price(bought, "1", currency, true);
        for (int i = 0; i < STEPS; i++) {
            step(random, currency, decimals, meter, bought);
        }
        await().untilAsserted(() -> assertThat(used()).isEqualTo(used));
        await().untilAsserted(() -> assertThat(corrected()).isEqualTo(corrected));
        await().untilAsserted(() -> compare(begin));
        assertThat(differences()).as("what is in memory and in snapshots").isEmpty();
        var pending = get(path).path("pendingReplenishment").path("amount").path("amount");
        if (!pending.isMissingNode()) {
            assertThat(new BigDecimal(pending.asString()).stripTrailingZeros().scale())
                    .as("what is asked for can be charged")
                    .isLessThanOrEqualTo(Math.min(decimals, 2));
        }
    }

    private void step(Random random, String currency, int decimals, String meter, String bought) {
        switch (random.nextInt(15)) {
            case 0, 1, 2 -> {
                usage.add(outside.usage(account, meter, Integer.toString(1 + random.nextInt(9000))));
                used++;
            }
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
                    correct(usage.remove(random.nextInt(usage.size())), random);
                    corrected++;
                }
            }
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

    private int used() {
        return new WalletClient(billing, account).usageIds().size();
    }

    private long corrected() {
        return topic.eventsOf(account).stream()
                .filter(UsageAdjusted.class::isInstance)
                .count();
    }

    private void compare(Instant begin) {
        var now = now();
        var wallet = get(path);
        var events = topic.eventsOf(account);
        assertThat(events).hasSize(wallet.path("sequence").asInt() + 1);
        var fold = PublicFold.of(events);
        assertThat(amount(wallet, "settled")).isEqualByComparingTo(fold.settled());
        assertThat(amount(wallet, "held")).isEqualByComparingTo(fold.held());
        assertThat(amount(wallet, "overdraft")).isEqualByComparingTo(fold.overdraft());
        assertThat(amount(wallet, "available")).isEqualByComparingTo(fold.available(now));
        assertThat(amount(wallet, "restricted")).isEqualByComparingTo(fold.restricted(now));
        var balance = get(path + "/balance?at=" + now);
        assertThat(amount(balance, "available")).isEqualByComparingTo(fold.available(now));
        assertThat(statedFrom(begin)).isEqualByComparingTo(fold.settled());
    }

    /** The last closing balance of periods that follow each other; each statement is only answered if it adds up. */
    private BigDecimal statedFrom(Instant begin) {
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
                            && path.endsWith(difference.walletId().value())) {
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
        var answer = billing.post()
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
