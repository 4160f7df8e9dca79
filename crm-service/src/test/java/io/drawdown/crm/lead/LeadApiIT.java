package io.drawdown.crm.lead;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.crm.CrmPlatform;
import io.drawdown.events.Topic;
import io.drawdown.events.crm.LeadConverted;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;

class LeadApiIT extends CrmPlatform {

    @Nested
    class Creating {

        @Test
        void answersTheNewLead() {
            post("sales", "/v1/leads", lead("Acme"))
                    .expectStatus()
                    .isCreated()
                    .expectBody()
                    .jsonPath("$.companyName")
                    .isEqualTo("Acme")
                    .jsonPath("$.status")
                    .isEqualTo("new")
                    .jsonPath("$.owner")
                    .isEqualTo("Olga")
                    .jsonPath("$.createdAt")
                    .isNotEmpty();
        }

        @Test
        void createsOneLeadForARepeatedRequest() {
            var key = UUID.randomUUID().toString();
            var first = bodyOf(post("sales", "/v1/leads", key, lead("Twice"))
                    .expectStatus()
                    .isCreated());
            var again = bodyOf(post("sales", "/v1/leads", key, lead("Twice"))
                    .expectStatus()
                    .isCreated());

            assertThat(again).isEqualTo(first);
        }

        @Test
        void refusesAnotherRequestUnderTheSameKey() {
            var key = UUID.randomUUID().toString();
            post("sales", "/v1/leads", key, lead("One")).expectStatus().isCreated();

            post("sales", "/v1/leads", key, lead("Other"))
                    .expectStatus()
                    .isEqualTo(409)
                    .expectBody()
                    .jsonPath("$.type")
                    .value(type -> assertThat((String) type).endsWith(":idempotency-key-reused"));
        }

        @Test
        void asksForAKey() {
            as("sales")
                    .post()
                    .uri("/v1/leads")
                    .bodyValue(lead("Keyless"))
                    .exchange()
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.type")
                    .value(type -> assertThat((String) type).endsWith(":idempotency-key-required"));
        }

        @Test
        void namesEachInvalidValue() {
            post("sales", "/v1/leads", Map.of("companyName", " ", "contactName", "Ada", "email", "nowhere"))
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.errors[*].field")
                    .value(fields -> assertThat((List<?>) fields).asList().containsOnly("companyName", "email"));
        }

        @Test
        void isNotForOtherRoles() {
            post("billing", "/v1/leads", lead("Acme")).expectStatus().isForbidden();
        }

        @Test
        void isNotForStrangers() {
            post("nobody", "/v1/leads", lead("Acme")).expectStatus().isUnauthorized();
        }
    }

    @Nested
    class Reading {

        @Test
        void findsALeadById() {
            var leadId = qualifiedLead("Findable");

            get("sales", "/v1/leads/" + leadId)
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.status")
                    .isEqualTo("qualified");
        }

        @Test
        void doesNotFindAnUnknownLead() {
            get("sales", "/v1/leads/lead_none")
                    .expectStatus()
                    .isNotFound()
                    .expectBody()
                    .jsonPath("$.type")
                    .value(type -> assertThat((String) type).endsWith(":lead-not-found"));
        }

        @Test
        void listsNewestFirstPageByPage() {
            var older = qualifiedLead("Older");
            var newer = qualifiedLead("Newer");

            var first = bodyOf(get("sales", "/v1/leads?limit=1").expectStatus().isOk());
            var second = bodyOf(get("sales", "/v1/leads?limit=1&cursor=" + first.text("nextCursor")));

            assertThat(first.text("data")).contains(newer);
            assertThat(second.text("data")).contains(older);
        }

        @Test
        void refusesALimitOutOfRange() {
            get("sales", "/v1/leads?limit=201").expectStatus().isBadRequest();
        }

        @Test
        void isNotForOtherRoles() {
            get("cs", "/v1/leads").expectStatus().isForbidden();
        }
    }

    @Nested
    class Qualifying {

        @Test
        void changesNothingTheSecondTime() {
            var leadId = qualifiedLead("Again");
            var first = bodyOf(get("sales", "/v1/leads/" + leadId));

            var again = bodyOf(post("sales", "/v1/leads/" + leadId + "/qualify", Map.of())
                    .expectStatus()
                    .isOk());

            assertThat(again).isEqualTo(first);
        }

        @Test
        void isRefusedAfterTheConversion() {
            var leadId = qualifiedLead("Converted");
            convert(leadId).expectStatus().isOk();

            post("sales", "/v1/leads/" + leadId + "/qualify", Map.of())
                    .expectStatus()
                    .isEqualTo(409);
        }

        @Test
        void doesNotFindAnUnknownLead() {
            post("sales", "/v1/leads/lead_none/qualify", Map.of())
                    .expectStatus()
                    .isNotFound();
        }
    }

    @Nested
    class Converting {

        @Test
        void makesACompanyAndAnOpportunityAndTellsOfIt() {
            var leadId = qualifiedLead("Convertible");
            var conversion = bodyOf(convert(leadId).expectStatus().isOk());

            var opportunity = bodyOf(get("sales", "/v1/opportunities/" + conversion.text("opportunityId"))
                    .expectStatus()
                    .isOk());
            assertThat(opportunity.text("stage")).isEqualTo("qualification");
            assertThat(opportunity.text("companyId")).isEqualTo(conversion.text("companyId"));
            var event = published
                    .await(Topic.CRM_EVENTS, leadId, LeadConverted.class, 1)
                    .getFirst();
            assertThat(event.getCompanyId()).isEqualTo(conversion.text("companyId"));
            assertThat(event.getOpportunityId()).isEqualTo(conversion.text("opportunityId"));
        }

        @Test
        void happensOnceHoweverManyTryAtOnce() {
            var leadId = qualifiedLead("Contested");

            var statuses = IntStream.range(0, 6)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(() -> statusOf(convert(leadId))))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();

            assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
            assertThat(published.await(Topic.CRM_EVENTS, leadId, LeadConverted.class, 1))
                    .hasSize(1);
        }

        @Test
        void happensOnceForARepeatedRequest() {
            var path = "/v1/leads/" + qualifiedLead("Repeated") + "/convert";
            var key = UUID.randomUUID().toString();

            var first = bodyOf(post("sales", path, key, Map.of("opportunityName", "Deal"))
                    .expectStatus()
                    .isOk());
            var again = bodyOf(post("sales", path, key, Map.of("opportunityName", "Deal"))
                    .expectStatus()
                    .isOk());

            assertThat(again).isEqualTo(first);
        }

        @Test
        void wantsAQualifiedLead() {
            var lead = bodyOf(post("sales", "/v1/leads", lead("Raw")));

            convert(lead.text("leadId"))
                    .expectStatus()
                    .isEqualTo(409)
                    .expectBody()
                    .jsonPath("$.type")
                    .value(type -> assertThat((String) type).endsWith(":lead-not-qualified"));
        }

        @Test
        void refusesAnAmountThatIsNoneOrInNoCurrency() {
            var path = "/v1/leads/" + qualifiedLead("Pricey") + "/convert";

            post("sales", path, worth("1e3", "USD")).expectStatus().isBadRequest();
            post("sales", path, worth("-1", "USD")).expectStatus().isBadRequest();
            post("sales", path, worth("1", "usd")).expectStatus().isBadRequest();
        }

        @Test
        void doesNotFindAnUnknownLead() {
            convert("lead_none").expectStatus().isNotFound();
        }
    }

    private WebTestClient.ResponseSpec convert(String leadId) {
        return post("sales", "/v1/leads/" + leadId + "/convert", Map.of("opportunityName", "Deal"));
    }

    private static Map<String, ?> worth(String amount, String currency) {
        return Map.of("opportunityName", "Deal", "amount", Map.of("amount", amount, "currency", currency));
    }

    private static int statusOf(WebTestClient.ResponseSpec response) {
        return response.returnResult(Void.class).getStatus().value();
    }
}
