package io.drawdown.wallet.relay;

import java.time.Clock;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Down when the relay has stopped or its last batch failed. An instance that waits while another relays is up and says so.
 */
@Component("relayHealthIndicator")
final class RelayHealth implements HealthIndicator {

    private final Relay relay;
    private final Clock clock;

    RelayHealth(Relay relay, Clock clock) {
        this.relay = relay;
        this.clock = clock;
    }

    @Override
    public Health health() {
        var status = relay.status();
        var healthy = relay.isRunning() && status.failure() == null;
        var health = (healthy ? Health.up() : Health.down())
                .withDetail("relaysHere", status.here())
                .withDetail("eventsBehind", status.behind())
                .withDetail("oldestWaits", status.ageAt(clock.instant()));
        return (status.failure() == null ? health : health.withDetail("failure", status.failure())).build();
    }
}
