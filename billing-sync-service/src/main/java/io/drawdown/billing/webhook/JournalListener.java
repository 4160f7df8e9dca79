package io.drawdown.billing.webhook;

import io.drawdown.events.Topic;
import io.drawdown.events.billing.StripeEvent;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Takes events from the journal. Asking Stripe comes later, so its moods never hold the topic up. */
@Component
class JournalListener {

    private static final Logger log = LoggerFactory.getLogger(JournalListener.class);

    private final EventInbox inbox;

    JournalListener(EventInbox inbox) {
        this.inbox = inbox;
    }

    @KafkaListener(id = "billing-sync-journal", idIsGroup = false, topics = Topic.Name.STRIPE_EVENTS)
    void on(ConsumerRecord<String, StripeEvent> journalRecord) {
        var event = journalRecord.value();
        Envelope.parse(bytesOf(event.getBody()))
                .ifPresentOrElse(
                        envelope -> inbox.takeDelivered(envelope, event.getReceivedAt()),
                        () -> log.warn(
                                "Event {} of the journal cannot be read; the sweep will find it.", event.getEventId()));
    }

    private static byte[] bytesOf(ByteBuffer body) {
        var bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        return bytes;
    }
}
