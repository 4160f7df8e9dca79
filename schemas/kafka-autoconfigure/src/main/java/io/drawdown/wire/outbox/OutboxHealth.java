package io.drawdown.wire.outbox;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down when this instance should relay and its relay has ended; says what holds the outbox up otherwise. */
public final class OutboxHealth implements HealthIndicator {

    private final OutboxRelay relay;

    public OutboxHealth(OutboxRelay relay) {
        this.relay = relay;
    }

    @Override
    public Health health() {
        var trouble = relay.trouble();
        var health = relay.isAlive() ? Health.up() : Health.down();
        return trouble == null
                ? health.build()
                : health.withDetail("trouble", trouble).build();
    }
}
