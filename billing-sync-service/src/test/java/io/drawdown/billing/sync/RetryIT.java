package io.drawdown.billing.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.billing.SyncPlatform;
import io.drawdown.events.billing.Customer;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class RetryIT extends SyncPlatform {

    @Autowired
    JdbcClient jdbc;

    @Test
    void showsWhatIsParkedAndTriesItAtOnceWhenAsked() {
        var customer = stripe.createCustomer(emailOf(unique("acc")), Map.of()).getId();
        jdbc.sql("""
                insert into refresh_request (object_kind, object_id, requested_at, next_attempt_at, attempts, last_error)
                values ('CUSTOMER', ?, now(), now() + interval '1 hour', 7, 'Stripe answered 500')""").params(customer).update();
        as("billing")
                .get()
                .uri("/v1/sync")
                .exchange()
                .expectBody()
                .jsonPath("$.parked[?(@.id == '" + customer + "')].kind")
                .isEqualTo("customer")
                .jsonPath("$.parked[?(@.id == '" + customer + "')].reason")
                .isEqualTo("Stripe answered 500")
                .jsonPath("$.parked[?(@.id == '" + customer + "')].failedAttempts")
                .isEqualTo(7);

        retry("billing", "customer", customer).expectStatus().isAccepted();

        Awaitility.await().until(() -> waiting(customer) == 0);
        retry("billing", "customer", customer)
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.type")
                .value(type -> assertThat(String.valueOf(type)).endsWith("nothing-parked"));
    }

    @Test
    void triesAReplenishmentAndAnAccountAtOnceWhenAsked() {
        var stuck = unique("stuck");
        // Of a newer version, so that nobody takes it and what was asked for can be seen.
        jdbc.sql("""
                insert into replenishment (replenishment_id, wallet_id, account_id, amount, currency, stage,
                    requested_at, stored_at, updated_at, next_attempt_at)
                values (?, 'w', 'a', 45, 'USD', 'HAGGLING', now(), now(), now(), now() + interval '1 hour')""").params(stuck).update();
        jdbc.sql("insert into account_customer (account_id, next_attempt_at) values (?, now() + interval '1 hour')")
                .params(stuck)
                .update();
        try {
            retry("billing", "replenishment", stuck).expectStatus().isAccepted();
            retry("billing", "account", stuck).expectStatus().isAccepted();

            assertThat(jdbc.sql("select next_attempt_at <= now() from replenishment where replenishment_id = ?")
                            .params(stuck)
                            .query(Boolean.class)
                            .single())
                    .isTrue();
            // Nothing is known of the account that could be done, so it is done with.
            Awaitility.await()
                    .until(() -> jdbc.sql("select next_attempt_at is null from account_customer where account_id = ?")
                            .params(stuck)
                            .query(Boolean.class)
                            .single());
        } finally {
            jdbc.sql("delete from replenishment where replenishment_id = ?")
                    .params(stuck)
                    .update();
        }
    }

    @Test
    void leavesARefreshAloneThatOnlyANewerVersionUnderstands() {
        jdbc.sql("insert into refresh_request (object_kind, object_id, requested_at, next_attempt_at)"
                        + " values ('QUARK', 'qk_1', 'epoch', 'epoch')")
                .update();
        try {
            var made = stripe.createCustomer(emailOf(unique("acc")), Map.of()).getId();

            published.await(Customer.class, seen -> seen.getCustomerId().equals(made));
            as("billing")
                    .get()
                    .uri("/v1/sync")
                    .exchange()
                    .expectBody()
                    .jsonPath("$.unreadable.waiting")
                    .isEqualTo(1);
        } finally {
            jdbc.sql("delete from refresh_request where object_kind = 'QUARK'").update();
        }
    }

    @Test
    void isForBillingOnly() {
        retry("sales", "customer", "cus_1").expectStatus().isForbidden();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"kind\":\"customer\",\"id\":\" \"}", "nonsense"})
    void refusesWhatNamesNothing(String body) {
        as("billing")
                .post()
                .uri("/v1/sync/retries")
                .header("Content-Type", "application/json")
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    private ResponseSpec retry(String role, String kind, String id) {
        return as(role).post()
                .uri("/v1/sync/retries")
                .bodyValue(Map.of("kind", kind, "id", id))
                .exchange();
    }

    private long waiting(String object) {
        return jdbc.sql("select count(*) from refresh_request where object_id = ? and next_attempt_at > now()")
                .params(object)
                .query(Long.class)
                .single();
    }
}
