package io.drawdown.wire.listening;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

/** Down while a listener that should run does not; names it. */
public final class ListenersHealth implements HealthIndicator {

    private final KafkaListenerEndpointRegistry listeners;

    public ListenersHealth(KafkaListenerEndpointRegistry listeners) {
        this.listeners = listeners;
    }

    @Override
    public Health health() {
        var ended = listeners.getListenerContainers().stream()
                .filter(MessageListenerContainer::isAutoStartup)
                .filter(container -> !container.isRunning() || !container.isChildRunning())
                .map(MessageListenerContainer::getListenerId)
                .sorted()
                .toList();
        return ended.isEmpty()
                ? Health.up().build()
                : Health.down().withDetail("notRunning", ended).build();
    }
}
