package io.drawdown.crm.opportunity;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.crm.CrmPlatform;
import io.drawdown.events.Topic;
import io.drawdown.events.crm.Account;
import io.drawdown.events.crm.AccountStatus;
import io.drawdown.events.crm.OpportunityStageChanged;
import io.drawdown.events.crm.OpportunityWon;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class OpportunityApiIT extends CrmPlatform {

    static final Map<String, ?> DEAL_IN_EUROS =
            Map.of("opportunityName", "Yearly", "amount", Map.of("amount", "1200.00", "currency", "EUR"));

    @Autowired
    JdbcClient jdbc;

    @Nested
    class Moving {

        @Test
        void tellsOfEachStage() {
            var opportunityId = opportunity("Mover", DEAL_IN_EUROS);

            move(opportunityId, "proposal")
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.stage")
                    .isEqualTo("proposal")
                    .jsonPath("$.accountId")
                    .isEmpty();
            move(opportunityId, "negotiation").expectStatus().isOk();

            assertThat(published.await(Topic.CRM_EVENTS, opportunityId, OpportunityStageChanged.class, 2))
                    .extracting(OpportunityStageChanged::getFromStage, OpportunityStageChanged::getToStage)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("qualification", "proposal"),
                            org.assertj.core.groups.Tuple.tuple("proposal", "negotiation"));
        }

        @Test
        void needsNoIdempotencyKey() {
            var opportunityId = opportunity("Keyless", DEAL_IN_EUROS);

            as("sales")
                    .post()
                    .uri("/v1/opportunities/" + opportunityId + "/stage")
                    .bodyValue(Map.of("stage", "proposal"))
                    .exchange()
                    .expectStatus()
                    .isOk();
        }

        @Test
        void rejectsAnUnknownStage() {
            move(opportunity("Odd", DEAL_IN_EUROS), "won")
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.detail")
                    .value(detail -> assertThat((String) detail).contains("closed-won"));
        }

        @Test
        void refusesAStepThatThePipelineLacks() {
            var opportunityId = opportunity("Back", DEAL_IN_EUROS);
            move(opportunityId, "negotiation").expectStatus().isOk();

            move(opportunityId, "qualification")
                    .expectStatus()
                    .isEqualTo(409)
                    .expectBody()
                    .jsonPath("$.type")
                    .value(type -> assertThat((String) type).endsWith(":stage-not-reachable"));
        }

        @Test
        void refusesToReopenALostOpportunity() {
            var opportunityId = opportunity("Lost", DEAL_IN_EUROS);
            move(opportunityId, "closed-lost").expectStatus().isOk();

            move(opportunityId, "closed-won")
                    .expectStatus()
                    .isEqualTo(409)
                    .expectBody()
                    .jsonPath("$.type")
                    .value(type -> assertThat((String) type).endsWith(":opportunity-closed"));
        }

        @Test
        void doesNotFindAnUnknownOpportunity() {
            move("opp_none", "proposal").expectStatus().isNotFound();
        }

        @Test
        void isNotForOtherRoles() {
            post("cs", "/v1/opportunities/opp_none/stage", Map.of("stage", "proposal"))
                    .expectStatus()
                    .isForbidden();
        }
    }

    @Nested
    class Winning {

        @Test
        void opensAnAccountInTheDealsCurrencyAtTheLeadsAddress() {
            var opportunityId = opportunity("Winner", DEAL_IN_EUROS);

            var won = bodyOf(move(opportunityId, "closed-won").expectStatus().isOk());

            var account = bodyOf(get("cs", "/v1/accounts/" + won.text("accountId"))
                    .expectStatus()
                    .isOk());
            assertThat(account.text("name")).isEqualTo("Winner");
            assertThat(account.text("email")).isEqualTo("ada@example.test");
            assertThat(account.text("owner")).isEqualTo("Olga");
            assertThat(account.text("currency")).isEqualTo("EUR");
            assertThat(account.text("status")).isEqualTo("ACTIVE");
            assertThat(account.members().get("stripeCustomerId")).isNull();
        }

        @Test
        void tellsOfTheAccountAndWhatItIsWorth() {
            var opportunityId = opportunity("Teller", DEAL_IN_EUROS);

            var accountId = bodyOf(move(opportunityId, "closed-won")).text("accountId");

            var event = published
                    .await(Topic.CRM_EVENTS, opportunityId, OpportunityWon.class, 1)
                    .getFirst();
            assertThat(event.getAccountId()).isEqualTo(accountId);
            assertThat(event.getAmount().getAmount()).isEqualTo("1200.00");
            var account = published
                    .await(Topic.CRM_ACCOUNTS, accountId, Account.class, 1)
                    .getFirst();
            assertThat(account.getStatus()).isEqualTo(AccountStatus.ACTIVE);
            assertThat(account.getCurrency()).isEqualTo("EUR");
            assertThat(account.getCreatedAt()).isEqualTo(event.getWonAt());
        }

        @Test
        void billsInDollarsWhenNobodyNamedAnAmount() {
            var accountId = account("Plain");

            get("sales", "/v1/accounts/" + accountId)
                    .expectBody()
                    .jsonPath("$.currency")
                    .isEqualTo("USD");
        }

        @Test
        void countsTheAccountsMonthsWhereSalesSays() {
            var opportunityId = opportunity("Berliner", DEAL_IN_EUROS);

            var accountId = bodyOf(
                            win(opportunityId, "Europe/Berlin").expectStatus().isOk())
                    .text("accountId");

            assertThat(bodyOf(get("cs", "/v1/accounts/" + accountId)).text("timeZone"))
                    .isEqualTo("Europe/Berlin");
            assertThat(published
                            .await(Topic.CRM_ACCOUNTS, accountId, Account.class, 1)
                            .getFirst()
                            .getTimeZone())
                    .isEqualTo("Europe/Berlin");
        }

        @ParameterizedTest
        @ValueSource(strings = {"+02:00", "EST", "Mars/Olympus"})
        void rejectsAnythingButARegionAndNamesIt(String zone) {
            problem(win(opportunity("Martian", DEAL_IN_EUROS), zone), 400, "unknown-time-zone")
                    .value(detail -> assertThat((String) detail).contains(zone, "Europe/Berlin"));
        }

        @Test
        void takesATimeZoneOnlyWhereAnAccountIsOpened() {
            var path = "/v1/opportunities/" + opportunity("Early", DEAL_IN_EUROS) + "/stage";
            var request = Map.of("stage", "proposal", "timeZone", "Europe/Berlin");

            problem(post("sales", path, request), 400, "time-zone-without-account");
        }

        @Test
        void keepsTheTimeZoneWhenItIsWonAgain() {
            var opportunityId = opportunity("Settler", DEAL_IN_EUROS);
            var won = bodyOf(win(opportunityId, "Asia/Kathmandu"));

            assertThat(bodyOf(move(opportunityId, "closed-won"))).isEqualTo(won);
            assertThat(bodyOf(win(opportunityId, "Asia/Kathmandu"))).isEqualTo(won);
            problem(win(opportunityId, "Europe/Berlin"), 409, "time-zone-fixed")
                    .value(detail -> assertThat((String) detail).contains("Asia/Kathmandu"));
        }

        @Test
        void opensOneAccountHoweverManyTryAtOnce() {
            var opportunityId = opportunity("Race", DEAL_IN_EUROS);

            var accounts = IntStream.range(0, 6)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(
                            () -> bodyOf(move(opportunityId, "closed-won")).text("accountId")))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .distinct()
                    .toList();

            assertThat(accounts).hasSize(1);
            published.await(Topic.CRM_EVENTS, opportunityId, OpportunityWon.class, 1);
            published.await(Topic.CRM_ACCOUNTS, accounts.getFirst(), Account.class, 1);
        }

        @Test
        void answersARepeatedRequestWithTheSameAccount() {
            var opportunityId = opportunity("Repeat", DEAL_IN_EUROS);
            var path = "/v1/opportunities/" + opportunityId + "/stage";
            var key = UUID.randomUUID().toString();

            var first = bodyOf(post("sales", path, key, Map.of("stage", "closed-won")));
            var again = bodyOf(post("sales", path, key, Map.of("stage", "closed-won")));

            assertThat(again).isEqualTo(first);
        }

        @Test
        void leavesNothingBehindWhenTheAccountCannotBeOpened() {
            var opportunityId = opportunity("Unlucky", DEAL_IN_EUROS);
            jdbc.sql("alter table account add constraint no_unlucky check (name <> 'Unlucky')")
                    .update();
            try {
                move(opportunityId, "closed-won").expectStatus().is5xxServerError();
            } finally {
                jdbc.sql("alter table account drop constraint no_unlucky").update();
            }

            assertThat(bodyOf(get("sales", "/v1/opportunities/" + opportunityId))
                            .text("stage"))
                    .isEqualTo("qualification");
            move(opportunityId, "closed-won").expectStatus().isOk();
            published.await(Topic.CRM_EVENTS, opportunityId, OpportunityStageChanged.class, 1);
        }
    }

    @Nested
    class Reading {

        @Test
        void listsNewestFirst() {
            var opportunityId = opportunity("Listed", DEAL_IN_EUROS);

            get("sales", "/v1/opportunities?limit=1")
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.data[0].opportunityId")
                    .isEqualTo(opportunityId)
                    .jsonPath("$.data[0].amount.amount")
                    .isEqualTo("1200.00");
        }

        @Test
        void doesNotFindAnUnknownOpportunity() {
            get("sales", "/v1/opportunities/opp_none").expectStatus().isNotFound();
        }

        @Test
        void isNotForStrangers() {
            get("nobody", "/v1/opportunities").expectStatus().isUnauthorized();
        }
    }

    private ResponseSpec win(String opportunityId, String timeZone) {
        var request = Map.of("stage", "closed-won", "timeZone", timeZone);
        return post("sales", "/v1/opportunities/" + opportunityId + "/stage", request);
    }

    private ResponseSpec move(String opportunityId, String stage) {
        return post("sales", "/v1/opportunities/" + opportunityId + "/stage", Map.of("stage", stage));
    }
}
