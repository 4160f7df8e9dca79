package io.drawdown.wire.avro;

import io.drawdown.events.usage.UsageEvent;
import io.drawdown.support.test.Platform;
import io.drawdown.wire.registry.RegistrySettings;
import io.drawdown.wire.registry.SchemaRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** What the tests of the serde share: records, schemas of other releases, and serdes at a real registry. */
final class SerdeFixture {

    static final Instant NOW = Instant.parse("2026-11-20T12:00:00.123Z");

    /** As an older and a newer release of Money would have it. */
    static final Schema WITHOUT_CURRENCY = money("");

    static final Schema WITH_NOTE = money(
            "{\"name\":\"currency\",\"type\":\"string\"},{\"name\":\"note\",\"type\":\"string\",\"default\":\"none\"}");

    static UsageEvent usage(String id) {
        return UsageEvent.newBuilder()
                .setId(id)
                .setSource("/test")
                .setType("credit_meter")
                .setSubject("account-1")
                .setTime(NOW)
                .setData(Map.of("value", "1.5", "region", "eu"))
                .build();
    }

    private static Schema money(String moreFields) {
        return new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Money\",\"namespace\":\"io.drawdown.events\","
                        + "\"fields\":[{\"name\":\"amount\",\"type\":\"string\"}" + (moreFields.isEmpty() ? "" : ",")
                        + moreFields
                        + "]}");
    }

    static AvroSerializer<IndexedRecord> serializer(Map<String, String> more) {
        var serializer = new AvroSerializer<IndexedRecord>();
        serializer.configure(config(more), false);
        return serializer;
    }

    static AvroDeserializer<IndexedRecord> deserializer(Map<String, String> more) {
        var deserializer = new AvroDeserializer<IndexedRecord>();
        deserializer.configure(config(more), false);
        return deserializer;
    }

    static SchemaRegistry registry() {
        return new SchemaRegistry(RegistrySettings.from(config(Map.of())));
    }

    private static Map<String, String> config(Map<String, String> more) {
        var config = new HashMap<>(Map.of(
                "schema.registry.url",
                Platform.registry().url(),
                "specific.avro.reader",
                "true",
                "retries.wait.ms",
                "10"));
        config.putAll(more);
        return config;
    }

    private SerdeFixture() {}
}
