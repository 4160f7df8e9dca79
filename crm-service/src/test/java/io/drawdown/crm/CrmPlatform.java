package io.drawdown.crm;

import io.drawdown.support.test.ServiceClient;
import io.drawdown.support.test.UsesPlatform;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.reactive.server.JsonPathAssertions;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** The whole service on real servers, one for all integration tests; a test keeps to ids of its own. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@UsesPlatform
@Import(Published.class)
public abstract class CrmPlatform {

    @LocalServerPort
    private int port;

    @Autowired
    protected Published published;

    protected WebTestClient as(String role) {
        return ServiceClient.at(port, role + "-key");
    }

    protected ResponseSpec get(String role, String path) {
        return as(role).get().uri(path).exchange();
    }

    /** Posts with a new idempotency key. */
    protected ResponseSpec post(String role, String path, Map<String, ?> body) {
        return post(role, path, UUID.randomUUID().toString(), body);
    }

    protected ResponseSpec post(String role, String path, String idempotencyKey, Map<String, ?> body) {
        return as(role).post()
                .uri(path)
                .header("Idempotency-Key", idempotencyKey)
                .bodyValue(body)
                .exchange();
    }

    /** Expects a problem; answers what it says in detail. */
    protected static JsonPathAssertions problem(ResponseSpec response, int status, String code) {
        return response.expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:problem:crm:" + code)
                .jsonPath("$.detail");
    }

    protected static Json bodyOf(ResponseSpec response) {
        return new Json(response.expectBody(Map.class).returnResult().getResponseBody());
    }

    /** A qualified lead; answers its id. */
    protected String qualifiedLead(String company) {
        var lead =
                bodyOf(post("sales", "/v1/leads", lead(company)).expectStatus().isCreated());
        post("sales", "/v1/leads/" + lead.text("leadId") + "/qualify", Map.of())
                .expectStatus()
                .isOk();
        return lead.text("leadId");
    }

    /** An open opportunity; answers its id. */
    protected String opportunity(String company, Map<String, ?> conversion) {
        var path = "/v1/leads/" + qualifiedLead(company) + "/convert";
        return bodyOf(post("sales", path, conversion).expectStatus().isOk()).text("opportunityId");
    }

    /** An account; answers its id. */
    protected String account(String company) {
        var path = "/v1/opportunities/" + opportunity(company, Map.of("opportunityName", company)) + "/stage";
        return bodyOf(post("sales", path, Map.of("stage", "closed-won"))
                        .expectStatus()
                        .isOk())
                .text("accountId");
    }

    protected static Map<String, String> lead(String company) {
        return Map.of("companyName", company, "contactName", "Ada", "email", "ada@example.test", "owner", "Olga");
    }

    protected static String unique(String prefix) {
        return prefix + "_" + UUID.randomUUID().toString().replace("-", "");
    }

    /** A response's members by name. */
    public record Json(Map<?, ?> members) {

        public String text(String member) {
            return String.valueOf(members.get(member));
        }
    }
}
