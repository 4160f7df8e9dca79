package io.drawdown.usage.wire;

import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * Makes the public contract known to the registry when the service is up: a backend that sends over Kafka looks its newest
 * version up there, also before anybody has sent.
 */
final class PublicContract {

    private static final Logger log = LoggerFactory.getLogger(PublicContract.class);

    private final UsageEncoder encoder;

    PublicContract(UsageEncoder encoder) {
        this.encoder = encoder;
    }

    /** On a thread of its own: a registry that is away must not hold up the start. */
    @EventListener(ApplicationReadyEvent.class)
    void publish() {
        Thread.ofVirtual().name("public-contract").start(this::introduce);
    }

    void introduce() {
        try {
            encoder.introduceContract();
        } catch (KafkaException e) {
            log.warn(
                    "The schemas of usage.events.v1 are not known to be in the registry; the first event sent over HTTP"
                            + " asks it again, and a backend on Kafka may have to register them itself",
                    e);
        }
    }
}
