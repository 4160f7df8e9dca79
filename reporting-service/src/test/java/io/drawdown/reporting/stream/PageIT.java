package io.drawdown.reporting.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.reporting.ReportingPlatform;
import io.drawdown.reporting.WalletHistory;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.test.StepVerifier;

class PageIT extends ReportingPlatform {

    static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT = new ParameterizedTypeReference<>() {};

    @ParameterizedTest
    @CsvSource({"/, text/html", "/app.js, text/javascript", "/app.css, text/css", "/icon.svg, image/svg+xml"})
    void isServedToEveryone(String path, String type) {
        open(path).expectStatus().isOk().expectHeader().contentTypeCompatibleWith(type);
    }

    @ParameterizedTest
    @CsvSource({"/", "/app.js", "/app.css"})
    void loadsNothingFromTheNetwork(String path) {
        var text = open(path)
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        assertThat(text.replace("http://www.w3.org/2000/svg", "")).doesNotContainPattern(Pattern.compile("https?://"));
    }

    @Test
    void followsTheLedger() {
        var history = new WalletHistory(unique("w"), unique("acct"), "USD").granted("45.00", "45.00");
        var events = stream("finance")
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM)
                .returnResult(EVENT)
                .getResponseBody();

        StepVerifier.create(events)
                .assertNext(event -> {
                    assertThat(event.event()).isEqualTo("view");
                    assertThat(event.data()).contains("\"totals\":").doesNotContain(history.walletId);
                    send(history);
                })
                .thenConsumeWhile(event -> !event.data().contains(history.walletId))
                .expectNextCount(1)
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void isFollowedWithFinancesKeyOnly() {
        stream("cs").expectStatus().isForbidden();
        stream("nobody").expectStatus().isUnauthorized();
    }

    private ResponseSpec stream(String role) {
        return as(role).get()
                .uri("/v1/stream")
                .accept(MediaType.TEXT_EVENT_STREAM)
                .exchange();
    }
}
