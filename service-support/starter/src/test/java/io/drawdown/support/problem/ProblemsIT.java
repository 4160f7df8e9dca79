package io.drawdown.support.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.support.sample.Caller;
import io.drawdown.support.sample.SampleTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

@SampleTest
class ProblemsIT {

    @LocalServerPort
    int port;

    Caller caller;

    @BeforeEach
    void logIn() {
        caller = Caller.at(port, "root-key");
    }

    @Test
    void describesARefusalWithItsMembers() {
        problem(caller.get("/v1/orders/o-1"), 404, "urn:problem:sample:unknown-order")
                .jsonPath("$.title")
                .isEqualTo("Not Found")
                .jsonPath("$.status")
                .isEqualTo(404)
                .jsonPath("$.detail")
                .isEqualTo("There is no such order; list them.")
                .jsonPath("$.instance")
                .isEqualTo("/v1/orders/o-1")
                .jsonPath("$.orderId")
                .isEqualTo("o-1")
                .jsonPath("$.traceId")
                .value(String.class, text -> assertThat(text).matches("[0-9a-f]{32}"));
    }

    @Test
    void keepsATypeThatIsGivenInFull() {
        problem(caller.get("/v1/orders/soon"), 409, "urn:problem:other:not-yet");
    }

    @Test
    void namesEveryInvalidFieldOfABody() {
        problem(caller.order("k", "{\"item\": \" \", \"quantity\": 0}"), 400, "urn:problem:sample:invalid-request")
                .jsonPath("$.errors[?(@.field == 'item')].message")
                .isEqualTo("must not be blank")
                .jsonPath("$.errors[?(@.field == 'quantity')].message")
                .isEqualTo("must be greater than 0");
    }

    @Test
    void namesAnInvalidParameter() {
        problem(caller.get("/v1/orders?limit=101"), 400, "urn:problem:sample:invalid-request")
                .jsonPath("$.errors[0].field")
                .isEqualTo("limit");
    }

    @Test
    void namesAMissingParameter() {
        problem(caller.get("/v1/orders"), 400, "urn:problem:sample:unreadable-request")
                .jsonPath("$.detail")
                .value(String.class, text -> assertThat(text).contains("limit"));
    }

    @Test
    void saysWhereABodyIsNoJson() {
        problem(caller.order("k", "{\"item\": "), 400, "urn:problem:sample:unreadable-request")
                .jsonPath("$.detail")
                .value(String.class, text -> assertThat(text).contains("not valid JSON (line 1"));
    }

    @Test
    void saysWhichMemberHasTheWrongFormWithoutNamingAClass() {
        problem(
                        caller.order("k", "{\"item\": \"x\", \"quantity\": \"much\"}"),
                        400,
                        "urn:problem:sample:unreadable-request")
                .jsonPath("$.detail")
                .value(String.class, text -> assertThat(text).contains("'quantity'"))
                .consumeWith(answer -> assertThat(new String(answer.getResponseBodyContent(), StandardCharsets.UTF_8))
                        .doesNotContain("java", "jackson"));
    }

    @Test
    void refusesAMemberThatItDoesNotKnow() {
        problem(
                        caller.order("k", "{\"item\": \"x\", \"quantity\": 1, \"quantiy\": 2}"),
                        400,
                        "urn:problem:sample:unreadable-request")
                .jsonPath("$.detail")
                .value(String.class, text -> assertThat(text).contains("'quantiy'"));
    }

    @Test
    void knowsNoOtherPath() {
        problem(caller.get("/v1/nothing"), 404, "urn:problem:sample:not-found");
    }

    @Test
    void namesTheMethodsOfAPath() {
        var answer = caller.http().delete().uri("/v1/orders").exchange();

        answer.expectHeader().value("Allow", allow -> assertThat(allow).contains("POST"));
        problem(answer, 405, "urn:problem:sample:method-not-allowed");
    }

    @Test
    void namesTheContentTypesOfAPath() {
        var answer = caller.http()
                .post()
                .uri("/v1/orders")
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("one, please")
                .exchange();

        problem(answer, 415, "urn:problem:sample:unsupported-media-type")
                .jsonPath("$.detail")
                .value(String.class, text -> assertThat(text).contains("application/json"));
    }

    @Test
    void leaksNothingOfAnUnexpectedFailure() {
        problem(caller.get("/v1/orders/broken"), 500, "urn:problem:sample:internal-error")
                .consumeWith(answer -> assertThat(new String(answer.getResponseBodyContent(), StandardCharsets.UTF_8))
                        .doesNotContain("secret", "Exception", "io.drawdown"));
    }

    static BodyContentSpec problem(ResponseSpec answer, int status, String type) {
        return answer.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo(type);
    }
}
