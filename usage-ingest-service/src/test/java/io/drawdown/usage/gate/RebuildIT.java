package io.drawdown.usage.gate;

import static io.drawdown.usage.UsageLab.event;
import static io.drawdown.usage.UsageLab.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.catalog.Aggregation;
import io.drawdown.usage.UsageLab;
import io.drawdown.usage.UsageServiceTest;
import java.io.IOException;
import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Status;
import org.springframework.util.FileSystemUtils;

@UsageServiceTest
class RebuildIT {

    @Autowired
    UsageLab lab;

    @Autowired
    GateStreams gate;

    @Autowired
    GateHealth health;

    @Autowired
    GateProperties properties;

    @Test
    void recognisesARepeatAfterItsLocalStateIsLost() throws IOException {
        var account = lab.activeAccount();
        var type = lab.meter(Aggregation.SUM);
        var id = fresh("evt");
        lab.send(account, event(id, type, account, "1"));
        lab.accepted(id);

        gate.stop();
        assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(FileSystemUtils.deleteRecursively(properties.stateDir())).isTrue();
        var repeat = lab.send(account, event(id, type, account, "1"));
        gate.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> gate.state() == KafkaStreams.State.RUNNING);

        var marker = fresh("evt");
        lab.send(account, event(marker, type, account, "1"));
        assertThat(lab.acceptedBefore(marker, id))
                .extracting(out -> out.value().getSourceOffset())
                .doesNotContain(repeat.offset())
                .hasSize(1);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }
}
