package io.drawdown.wallet.relay;

import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wallet.store.WalletEventSerializer;
import io.drawdown.wire.EventHeaders;
import io.drawdown.wire.encoded.EncodedSender;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.beans.factory.DisposableBean;

/**
 * Sends the events that Axon's tracking processor hands over, and lets the processor's place be stored only when the broker
 * has acknowledged all of a batch.
 */
final class Relay implements EventHandlerInvoker, DisposableBean {

    private static final String ACKNOWLEDGEMENTS = "relay-acknowledgements";

    private final WalletEventSerializer serializer;
    private final EncodedSender sender;
    private final WireBytes wire;
    private final String topic;
    private final String source;

    Relay(WalletEventSerializer serializer, EncodedSender sender, String topic, String source) {
        this.serializer = serializer;
        this.sender = sender;
        this.wire = new WireBytes(sender, topic);
        this.topic = topic;
        this.source = source;
    }

    @Override
    public void handle(EventMessage<?> message, Segment segment) {
        var acknowledgement = sender.operations().send(record((DomainEventMessage<?>) message));
        acknowledgements().add(acknowledgement);
    }

    private ProducerRecord<byte[], byte[]> record(DomainEventMessage<?> message) {
        var stored = serializer.stored(message);
        var account = new WalletId(message.getAggregateIdentifier()).account();
        var key = account.value().getBytes(StandardCharsets.UTF_8);
        var record = new ProducerRecord<>(topic, key, wire.of(stored));
        var traceparent = message.getMetaData().get(EventHeaders.TRACEPARENT);
        new EventHeaders(
                        message.getIdentifier(),
                        stored.typeName(),
                        source,
                        message.getTimestamp(),
                        traceparent == null ? null : traceparent.toString())
                .writeTo(record.headers());
        return record;
    }

    /** Those of the whole batch; the first event of a batch sees to it that they are awaited before its end. */
    private static List<CompletableFuture<?>> acknowledgements() {
        var unit = CurrentUnitOfWork.get();
        return unit.getOrComputeResource(ACKNOWLEDGEMENTS, _ -> awaited(unit));
    }

    private static List<CompletableFuture<?>> awaited(UnitOfWork<?> unit) {
        var sent = new ArrayList<CompletableFuture<?>>();
        unit.onPrepareCommit(_ -> await(sent));
        return sent;
    }

    private static void await(List<CompletableFuture<?>> sent) {
        try {
            CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new)).join();
        } catch (CompletionException e) {
            throw new IllegalStateException("The broker has not taken all wallet events; the batch is sent again", e);
        }
    }

    @Override
    public boolean canHandle(EventMessage<?> message, Segment segment) {
        return true; // There is one segment: it keeps the order of all events.
    }

    @Override
    public boolean canHandleType(Class<?> payloadType) {
        return true;
    }

    @Override
    public boolean supportsReset() {
        return true;
    }

    @Override
    public void performReset() {}

    @Override
    public void destroy() {
        sender.destroy();
    }
}
