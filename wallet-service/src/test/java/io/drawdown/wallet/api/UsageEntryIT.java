package io.drawdown.wallet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.catalog.PriceTier;
import io.drawdown.events.catalog.PricingScheme;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.wallet.Outside;
import io.drawdown.wallet.WalletClient;
import io.drawdown.wallet.WalletIntegrationTest;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a usage event to its entries. */
class UsageEntryIT extends WalletIntegrationTest {

    final String account = Outside.unique("acc");

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    private WalletClient wallet;
    private String meter;

    @BeforeEach
    void open() {
        wallet = new WalletClient(billing, account);
        wallet.open();
        wallet.grant("3");
        wallet.grant("10");
        meter = outside.meteredAt("1", "USD");
    }

    @Test
    void leadsFromUsageToItsDrawDownItsCorrectionsAndItsGrants() {
        outside.usage(account, meter, "2");
        var usage = outside.usage(account, meter, "4");
        outside.usage(account, meter, "1");
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("6"));
        var drawn = found(usage);
        assertThat(drawn.path("billedBy").asString()).isEqualTo("wallet");
        assertThat(drawn.path("walletId").asString()).isEqualTo(wallet.id());
        assertThat(drawn.path("grants"))
                .extracting(grant -> grant.path("amount").path("amount").asString())
                .containsExactly("1.00", "3.00");
        assertThat(drawn.path("entries")).singleElement().satisfies(entry -> {
            assertThat(entry.path("type").asString()).isEqualTo("UsageDrawnDown");
            assertThat(entry.path("lines"))
                    .singleElement()
                    .satisfies(line -> assertThat(line.path("id").asString()).isEqualTo(usage.getId()));
        });

        outside.replace(usage, "2");
        await().untilAsserted(() -> assertThat(found(usage).path("entries")).hasSize(2));
        assertThat(found(usage).path("counts").path("quantity").asString()).isEqualTo("2");
        assertThat(found(usage).path("grants"))
                .extracting(grant -> grant.path("amount").path("amount").asString())
                .containsExactly("1.00", "1.00");
        outside.voidUsage(usage);
        await().untilAsserted(() -> assertThat(found(usage).path("entries")).hasSize(3));
        assertThat(found(usage).has("counts")).isFalse();
    }

    @Test
    void leadsToWhatWasLeftToStripe() {
        settle("arrears");
        var usage = outside.usage(account, meter, "4");
        await().untilAsserted(() -> assertThat(wallet.usageIds()).contains(usage.getId()));
        outside.replace(usage, "5");
        await().untilAsserted(() -> assertThat(found(usage).path("entries"))
                .extracting(entry -> entry.path("type").asString())
                .containsExactly("UsageLeftToArrears", "ArrearsAdjusted"));
        assertThat(found(usage).path("billedBy").asString()).isEqualTo("stripe");
        assertThat(found(usage).path("counts").path("quantity").asString()).isEqualTo("5");
        assertThat(found(usage).has("grants")).isFalse();
    }

    @Test
    void saysNothingOfGrantsWhereTheTotalOfTheMonthBurnedThem() {
        var tiers = outside.meteredByTiers(
                Aggregation.SUM, PricingScheme.GRADUATED, "USD", new PriceTier(null, "0.5", "0"));
        var usage = outside.usage(account, tiers, "4", now());
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("11"));
        assertThat(found(usage).has("grants")).isFalse();
        assertThat(found(usage).path("entries")).hasSize(1);
    }

    /** An id that stands in others, another source's, and usage that came before the time that is asked for. */
    @Test
    void findsNothingElse() {
        var usage = outside.usage(account, meter, "4");
        await().untilAsserted(() -> assertThat(wallet.settled()).isEqualByComparingTo("9"));
        var part = usage.getId().substring(0, usage.getId().length() - 1);
        isProblem(get(cs, account, "/test", part, null), 404, "unknown-usage");
        isProblem(get(cs, account, "/other", usage.getId(), null), 404, "unknown-usage");
        isProblem(get(cs, "acc-nobody", "/test", usage.getId(), null), 404, "unknown-usage");
        isProblem(get(cs, account, "/test", usage.getId(), now().plus(Duration.ofHours(1))), 404, "unknown-usage");
    }

    @Test
    void saysThatUsageIsParked() {
        var usage = outside.usage(account, Outside.unique("mtr"), "4");
        await().untilAsserted(
                        () -> isProblem(get(billing, account, "/test", usage.getId(), null), 404, "usage-parked"));
    }

    /** Nobody else can read the events meanwhile: that is as good as events without end. */
    @Test
    void saysThatThereIsTooMuchToSearch() {
        new TransactionTemplate(transactions).executeWithoutResult(lock -> {
            jdbc.sql("lock table wallet_event in access exclusive mode").update();
            isProblem(get(billing, account, "/test", "id", null), 422, "too-much-to-search");
            lock.setRollbackOnly();
        });
        isProblem(get(billing, account, "/test", "id", null), 404, "unknown-usage");
    }

    @Test
    void answersWithEveryStatus() {
        get(billing, account, "", "id", null).expectStatus().isBadRequest();
        get(billing, " ", "/test", "id", null).expectStatus().isBadRequest();
        get(sales, account, "/test", "id", null).expectStatus().isForbidden();
        get(backend, account, "/test", "id", null).expectStatus().isForbidden();
        get(nobody, account, "/test", "id", null).expectStatus().isUnauthorized();
    }

    private void settle(String mode) {
        billing.put()
                .uri("/v1/wallets/{id}/settlements/{meter}", wallet.id(), meter)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"mode\":\"" + mode + "\"}")
                .exchange()
                .expectStatus()
                .isOk();
    }

    private JsonNode found(UsageAccepted usage) {
        return JsonMapper.shared()
                .readTree(get(billing, account, usage.getSource(), usage.getId(), null)
                        .expectStatus()
                        .isOk()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody());
    }

    private static ResponseSpec get(
            WebTestClient client, String account, String source, String id, @Nullable Instant since) {
        return client.get()
                .uri(uri -> {
                    uri.path("/v1/usage-entries")
                            .queryParam("accountId", account)
                            .queryParam("source", source)
                            .queryParam("id", id);
                    return since == null
                            ? uri.build()
                            : uri.queryParam("since", since).build();
                })
                .exchange();
    }

    private static void isProblem(ResponseSpec answer, int status, String type) {
        answer.expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.type")
                .value(String.class, name -> assertThat(name).endsWith(type));
    }
}
