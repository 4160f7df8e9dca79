package io.drawdown.support.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.support.sample.Caller;
import io.drawdown.support.sample.SampleTest;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;

@SampleTest
class DefaultsIT {

    @LocalServerPort
    int port;

    @LocalManagementPort
    int managementPort;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void runsControllersOnVirtualThreadsWithinTheirTrace(boolean hasBody) {
        var traceId = "0af7651916cd43dd8448eb211c80319c";
        var http = Caller.anonymous(port).http();

        var request = hasBody
                ? http.post()
                        .uri("/v1/thread")
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue("{}")
                : http.get().uri("/v1/thread");

        request.header("traceparent", "00-" + traceId + "-b7ad6b7169203331-01")
                .exchange()
                .expectBody()
                .jsonPath("$.virtual")
                .isEqualTo(true)
                .jsonPath("$.traceId")
                .isEqualTo(traceId);
    }

    @ParameterizedTest
    @ValueSource(strings = {"readinessState", "db"})
    void countsTheDatabaseForReadiness(String component) {
        Caller.anonymous(managementPort)
                .get("/actuator/health/readiness")
                .expectBody()
                .jsonPath("$.components." + component + ".status")
                .isEqualTo("UP")
                .jsonPath("$.components.diskSpace")
                .doesNotExist();
    }

    @Test
    void keepsLivenessToTheProcess() {
        Caller.anonymous(managementPort)
                .get("/actuator/health/liveness")
                .expectBody()
                .jsonPath("$.components.db")
                .doesNotExist();
    }

    @Test
    void tagsMetricsWithTheService() {
        Caller.anonymous(managementPort)
                .get("/actuator/prometheus")
                .expectBody(String.class)
                .value(metrics -> assertThat(metrics).contains("application=\"sample-service\""));
    }

    @Test
    void givesAClockInUtc(@Autowired Clock clock) {
        assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
    }
}
