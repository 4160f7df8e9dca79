package io.drawdown.wallet.relay;

import io.drawdown.wallet.domain.WalletId;
import io.drawdown.wire.EventHeaders;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** From a stored event to the record on the topic: the stored bytes behind the wire's header, keyed by account. */
final class WalletRecords {

    private static final int EMPTY = "{}".length();

    private final WireBytes wire;
    private final Serializer metaData;
    private final String topic;
    private final String source;

    /**
     * @param metaData reads what was stored beside the events
     * @param source who speaks, for {@code ce_source}
     */
    WalletRecords(WireBytes wire, Serializer metaData, String topic, String source) {
        this.wire = wire;
        this.metaData = metaData;
        this.topic = topic;
        this.source = source;
    }

    ProducerRecord<byte[], byte[]> of(StoredRow row) {
        var account = new WalletId(row.walletId()).account();
        var key = account.value().getBytes(StandardCharsets.UTF_8);
        var record = new ProducerRecord<>(topic, key, wire.of(row.event()));
        new EventHeaders(row.id(), row.event().typeName(), source, row.at(), traceparent(row))
                .writeTo(record.headers());
        return record;
    }

    private @Nullable String traceparent(StoredRow row) {
        if (row.metaData().length <= EMPTY) {
            return null;
        }
        MetaData stored = metaData.deserialize(new SerializedMetaData<>(row.metaData(), byte[].class));
        var traceparent = stored.get(EventHeaders.TRACEPARENT);
        return traceparent == null ? null : traceparent.toString();
    }
}
