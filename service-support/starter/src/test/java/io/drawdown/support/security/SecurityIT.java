package io.drawdown.support.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.support.sample.Caller;
import io.drawdown.support.sample.SampleTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.JsonPathAssertions;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

@SampleTest
class SecurityIT {

    static final String ORDER = "{\"item\": \"x\", \"quantity\": 1}";

    @LocalServerPort
    int port;

    @LocalManagementPort
    int managementPort;

    @Test
    void asksForAKey() {
        var answer = Caller.anonymous(port).get("/v1/orders/mine");

        answer.expectHeader().valueEquals("WWW-Authenticate", "Bearer");
        problem(answer, 401, "unauthenticated")
                .value(String.class, text -> assertThat(text).contains("Authorization: Bearer"));
    }

    @Test
    void refusesAnUnknownKey() {
        problem(Caller.at(port, "operator-key2").get("/v1/orders/mine"), 401, "unauthenticated")
                .value(String.class, text -> assertThat(text).contains("not known"));
    }

    @Test
    void refusesAnotherScheme() {
        var answer = Caller.anonymous(port)
                .http()
                .get()
                .uri("/v1/orders/mine")
                .headers(headers -> headers.setBasicAuth("operator", "operator-key"))
                .exchange();

        problem(answer, 401, "unauthenticated")
                .value(String.class, text -> assertThat(text).contains("another scheme"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator-key", "next-key"})
    void acceptsBothKeysWhileOneReplacesTheOther(String key) {
        Caller.at(port, key)
                .get("/v1/orders/mine")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.caller")
                .isEqualTo("operator");
    }

    @Test
    void refusesAKeyWithoutTheRole() {
        problem(Caller.at(port, "reader-key").order("k", ORDER), 403, "forbidden")
                .value(String.class, text -> assertThat(text).contains("'reader'", "billing"));
    }

    @Test
    void letsAReaderRead() {
        Caller.at(port, "reader-key").get("/v1/orders/mine").expectStatus().isOk();
    }

    @Test
    void refusesWhatNoRuleLists() {
        problem(Caller.at(port, "operator-key").get("/v1/nothing"), 403, "forbidden");
        problem(Caller.anonymous(port).get("/v1/nothing"), 401, "unauthenticated");
    }

    @Test
    void letsEveryoneCallWhatIsOpen() {
        Caller.anonymous(port).get("/v1/thread").expectStatus().isOk();
    }

    @Test
    void describesItselfWithoutAKey() {
        Caller.anonymous(port)
                .get("/v3/api-docs")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.info.title")
                .isEqualTo("sample-service")
                .jsonPath("$.paths['/v1/orders'].post")
                .exists()
                .jsonPath("$.components.schemas.OrderRequest.properties.quantity.exclusiveMinimum")
                .isEqualTo(true)
                .jsonPath("$.components.securitySchemes.apiKey.scheme")
                .isEqualTo("bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/info", "/actuator/prometheus"})
    void showsHealthAndMetricsOnTheManagementPortOnly(String path) {
        Caller.anonymous(managementPort).get(path).expectStatus().isOk();
        Caller.anonymous(port).get(path).expectStatus().isUnauthorized();
    }

    static JsonPathAssertions problem(ResponseSpec answer, int status, String slug) {
        BodyContentSpec body = answer.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody();
        return body.jsonPath("$.type").isEqualTo("urn:problem:sample:" + slug).jsonPath("$.detail");
    }
}
