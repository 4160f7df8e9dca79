package io.drawdown.billing.webhook;

import io.drawdown.events.Topic;
import io.drawdown.events.billing.StripeEvent;
import io.drawdown.support.problem.ProblemException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.springframework.http.HttpStatus;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** The audit journal of verified webhooks, {@code stripe.events.v1}. */
@Component
class Journal {

    /** Less than Stripe's own patience, so that it hears a refusal and tries again rather than hanging up. */
    private static final Duration PATIENCE = Duration.ofSeconds(9);

    private final KafkaTemplate<String, SpecificRecord> kafka;
    private final Clock clock;

    Journal(KafkaTemplate<String, SpecificRecord> kafka, Clock clock) {
        this.kafka = kafka;
        this.clock = clock;
    }

    /**
     * Writes an event and returns once every in-sync replica has it.
     *
     * @throws ProblemException 503 if that did not happen in time; it may still, and a repeat is harmless
     */
    void write(Envelope envelope, byte[] body) {
        try {
            kafka.send(Topic.Name.STRIPE_EVENTS, envelope.objectId(), toRecord(envelope, body))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            throw unavailable(e);
        }
    }

    private StripeEvent toRecord(Envelope envelope, byte[] body) {
        return StripeEvent.newBuilder()
                .setEventId(envelope.eventId())
                .setType(envelope.type())
                .setObjectId(envelope.objectId())
                .setApiVersion(envelope.apiVersion())
                .setLivemode(envelope.livemode())
                .setCreatedAt(envelope.createdAt())
                .setReceivedAt(clock.instant())
                .setBody(ByteBuffer.wrap(body))
                .build();
    }

    private static ProblemException unavailable(Exception cause) {
        return new ProblemException(
                HttpStatus.SERVICE_UNAVAILABLE,
                "journal-unavailable",
                "The event could not be stored for good; deliver it again.",
                cause);
    }
}
