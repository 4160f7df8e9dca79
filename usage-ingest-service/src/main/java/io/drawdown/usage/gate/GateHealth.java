package io.drawdown.usage.gate;

import org.apache.kafka.streams.KafkaStreams;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while the gate judges; out of service while it starts, rebuilds its state or has failed. */
final class GateHealth implements HealthIndicator {

    private final GateStreams gate;

    GateHealth(GateStreams gate) {
        this.gate = gate;
    }

    @Override
    public Health health() {
        var state = gate.state();
        var health = state == KafkaStreams.State.RUNNING ? Health.up() : Health.outOfService();
        return health.withDetail("streams", state == null ? "NOT_STARTED" : state.name())
                .withDetail("recordsBehind", gate.lag())
                .build();
    }
}
