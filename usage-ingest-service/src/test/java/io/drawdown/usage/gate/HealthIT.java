package io.drawdown.usage.gate;

import static io.drawdown.usage.UsageLab.event;
import static io.drawdown.usage.UsageLab.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.support.test.ServiceClient;
import io.drawdown.usage.UsageLab;
import io.drawdown.usage.UsageServiceTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;

@UsageServiceTest
class HealthIT {

    @Autowired
    UsageLab lab;

    @Autowired
    MeterRegistry meters;

    @LocalManagementPort
    int port;

    @Test
    void isReadyWhileTheGateRuns() {
        var management = ServiceClient.at(port).build();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> management
                        .get()
                        .uri("/actuator/health/readiness")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .jsonPath("$.components.gate.details.streams")
                        .isEqualTo("RUNNING")
                        .jsonPath("$.components.compactedTopicViews.status")
                        .isEqualTo("UP"));
    }

    @Test
    void countsWhatItDoesWithEvents() {
        var account = lab.activeAccount();
        var type = lab.meter(Aggregation.SUM);
        var id = fresh("evt");
        double accepted = count("drawdown.usage.accepted");
        double repeats = count("drawdown.usage.repeats");
        double invalid = meters.counter("drawdown.usage.rejected", "reason", "invalid-value")
                .count();

        lab.send(account, event(id, type, account, "1"));
        lab.send(account, event(id, type, account, "1"));
        lab.send(account, event(id + "-bad", type, account, "x"));
        lab.rejected(id + "-bad");

        assertThat(count("drawdown.usage.accepted")).isEqualTo(accepted + 1);
        assertThat(count("drawdown.usage.repeats")).isEqualTo(repeats + 1);
        assertThat(meters.counter("drawdown.usage.rejected", "reason", "invalid-value")
                        .count())
                .isEqualTo(invalid + 1);
        assertThat(meters.get("drawdown.usage.lag").gauge().value()).isLessThan(10);
        assertThat(meters.get("drawdown.usage.age").timer().count()).isPositive();
        for (var projection : List.of("totals", "rejected")) {
            await().untilAsserted(() -> assertThat(meters.get("drawdown.usage." + projection + ".age")
                            .timer()
                            .count())
                    .isPositive());
        }
    }

    double count(String name) {
        return meters.counter(name).count();
    }
}
