package io.drawdown.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The first requests that a wallet ever gets, at once and on two instances: there is no row yet that one could lock. */
class FirstSpendsIT extends WalletIntegrationTest {

    private static final int AT_ONCE = 64;
    private static final int CREATED = 201;
    private static final int PAYMENT_REQUIRED = 402;
    private static final int CONFLICT = 409;
    private static final String OPENING = "{\"accountId\":\"%s\",\"currency\":\"USD\",\"timeZone\":\"UTC\"}";

    private final String account = Outside.unique("acc");

    @Test
    void neverPassTheFloorWhicheverInstanceTheyMeet() throws Exception {
        try (var other = anotherInstance()) {
            var instances = List.of(billing, billingOf(other));
            var opened = statuses(instances, AT_ONCE, "/v1/wallets", "o", OPENING.formatted(account));
            assertThat(opened).containsOnly(CREATED, CONFLICT).containsOnlyOnce(CREATED);
            assertThat(statuses(instances, AT_ONCE, path("/holds"), "early", "{\"amount\":\"5\"}"))
                    .as("before there is any credit")
                    .containsOnly(PAYMENT_REQUIRED);

            assertThat(statuses(instances, 1, path("/grants"), "g", "{\"amount\":\"100\",\"reason\":\"test\"}"))
                    .containsOnly(CREATED);
            assertThat(statuses(instances, AT_ONCE, path("/holds"), "h", "{\"amount\":\"5\"}"))
                    .filteredOn(status -> status == CREATED)
                    .hasSize(20);
        }
        var shown = new WalletClient(billing, account).show();
        assertThat(shown.path("held").path("amount").asString()).isEqualTo("100.00");
        assertThat(shown.path("available").path("amount").asString()).isEqualTo("0.00");
    }

    private String path(String below) {
        return "/v1/wallets/wal_" + account + below;
    }

    /** Sends the same again and again, each under a key of its own, to one instance and the other. */
    private static List<Integer> statuses(
            List<WebTestClient> instances, int times, String path, String key, String body) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = new ArrayList<Integer>();
            for (Future<Integer> request : threads.invokeAll(IntStream.range(0, times)
                    .mapToObj(i -> request(instances.get(i % instances.size()), path, key + i, body))
                    .toList())) {
                statuses.add(request.get());
            }
            return statuses;
        }
    }

    private static Callable<Integer> request(WebTestClient instance, String path, String key, String body) {
        return () -> instance.post()
                .uri(path)
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .returnResult(String.class)
                .getStatus()
                .value();
    }
}
