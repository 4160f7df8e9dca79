package io.drawdown.wallet.relay;

import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Down when the relay has stopped or its last batch failed. An instance that waits while another relays is up and says so.
 */
@Component("relayHealthIndicator")
final class RelayHealth implements HealthIndicator {

    private final TrackingEventProcessor processor;

    RelayHealth(TrackingEventProcessor relayProcessor) {
        this.processor = relayProcessor;
    }

    @Override
    public Health health() {
        var here = processor.processingStatus().values().stream().findAny();
        var healthy = processor.isRunning()
                && !processor.isError()
                && here.map(status -> !status.isErrorState()).orElse(true);
        return (healthy ? Health.up() : Health.down())
                .withDetail("relaysHere", here.isPresent())
                .withDetail("caughtUp", here.map(EventTrackerStatus::isCaughtUp).orElse(false))
                .build();
    }
}
