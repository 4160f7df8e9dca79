package io.drawdown.crm.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.crm.CrmPlatform;
import io.drawdown.events.Topic;
import io.drawdown.events.crm.Account;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class AccountApiIT extends CrmPlatform {

    @Nested
    class Reading {

        @Test
        void findsAnAccountById() {
            var accountId = account("Known");

            get("billing", "/v1/accounts/" + accountId)
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.name")
                    .isEqualTo("Known")
                    .jsonPath("$.externalKeys")
                    .isEmpty();
        }

        @Test
        void listsNewestFirst() {
            var accountId = account("Latest");

            get("cs", "/v1/accounts?limit=1")
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.data[0].accountId")
                    .isEqualTo(accountId);
        }

        @Test
        void doesNotFindAnUnknownAccount() {
            get("sales", "/v1/accounts/acct_none").expectStatus().isNotFound();
        }

        @Test
        void isNotForStrangers() {
            get("nobody", "/v1/accounts").expectStatus().isUnauthorized();
        }
    }

    @Nested
    class ChangingTheTimeZone {

        @Test
        void isNotPossibleAndTheAnswerSaysWhy() {
            problem(give(account("Fixed"), "Europe/Berlin"), 409, "time-zone-fixed")
                    .value(detail -> assertThat((String) detail).contains("in UTC", "Europe/Berlin", "rated"));
        }

        @Test
        void isNoChangeWhenItIsTheOneThatItHas() {
            assertThat(bodyOf(give(account("Same"), "UTC").expectStatus().isOk())
                            .text("timeZone"))
                    .isEqualTo("UTC");
        }

        @Test
        void takesRegionsOnly() {
            problem(give(account("Offset"), "+02:00"), 400, "unknown-time-zone")
                    .value(detail -> assertThat((String) detail).contains("+02:00"));
        }

        @Test
        void needsOne() {
            as("sales")
                    .patch()
                    .uri("/v1/accounts/" + account("Empty"))
                    .bodyValue(Map.of())
                    .exchange()
                    .expectStatus()
                    .isBadRequest();
        }

        @Test
        void doesNotFindAnUnknownAccount() {
            give("acct_none", "UTC").expectStatus().isNotFound();
        }

        @Test
        void isNotForOtherRoles() {
            as("cs").patch()
                    .uri("/v1/accounts/acct_none")
                    .bodyValue(Map.of("timeZone", "UTC"))
                    .exchange()
                    .expectStatus()
                    .isForbidden();
        }

        private ResponseSpec give(String accountId, String timeZone) {
            return as("sales")
                    .patch()
                    .uri("/v1/accounts/" + accountId)
                    .bodyValue(Map.of("timeZone", timeZone))
                    .exchange();
        }
    }

    @Nested
    class NamingExternally {

        @Test
        void keepsAndPublishesTheKeys() {
            var accountId = account("Named");
            var key = unique("tenant");

            name(accountId, key)
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.externalKeys[0]")
                    .isEqualTo(key);

            var last = published
                    .await(Topic.CRM_ACCOUNTS, accountId, Account.class, 2)
                    .getLast();
            assertThat(last.getExternalKeys()).containsExactly(key);
        }

        @Test
        void changesAndPublishesNothingTheSecondTime() {
            var accountId = account("Renamed");
            var key = unique("tenant");
            var first = bodyOf(name(accountId, key));

            assertThat(bodyOf(name(accountId, key))).isEqualTo(first);
            name(accountId).expectStatus().isOk();

            published.await(Topic.CRM_ACCOUNTS, accountId, Account.class, 3);
        }

        @Test
        void refusesAKeyOfAnotherAccountAndNamesThat() {
            var owner = account("Owner");
            var key = unique("tenant");
            name(owner, key).expectStatus().isOk();

            name(account("Intruder"), key)
                    .expectStatus()
                    .isEqualTo(409)
                    .expectBody()
                    .jsonPath("$.detail")
                    .value(detail -> assertThat((String) detail).contains(owner));
        }

        @Test
        void refusesAKeyThatLooksLikeAnAccount() {
            name(account("Sly"), "acct_1").expectStatus().isBadRequest();
        }

        @Test
        void doesNotFindAnUnknownAccount() {
            name("acct_none", unique("tenant")).expectStatus().isNotFound();
        }

        @Test
        void isNotForOtherRoles() {
            as("cs").put()
                    .uri("/v1/accounts/acct_none/external-keys")
                    .bodyValue(Map.of("externalKeys", List.of()))
                    .exchange()
                    .expectStatus()
                    .isForbidden();
        }
    }

    private ResponseSpec name(String accountId, String... keys) {
        return as("sales")
                .put()
                .uri("/v1/accounts/" + accountId + "/external-keys")
                .bodyValue(Map.of("externalKeys", List.of(keys)))
                .exchange();
    }
}
