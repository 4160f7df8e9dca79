package io.drawdown.wallet.relay;

import org.axonframework.eventhandling.TrackingEventProcessor;
import org.springframework.context.SmartLifecycle;

/** Starts the relay with the service, and stops it after all that writes events has stopped. */
final class RelayLifecycle implements SmartLifecycle {

    private final TrackingEventProcessor processor;

    RelayLifecycle(TrackingEventProcessor processor) {
        this.processor = processor;
    }

    @Override
    public void start() {
        processor.start();
    }

    @Override
    public void stop() {
        processor.shutDown();
    }

    @Override
    public boolean isRunning() {
        return processor.isRunning();
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
