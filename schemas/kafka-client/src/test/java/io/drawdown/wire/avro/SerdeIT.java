package io.drawdown.wire.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.events.Money;
import io.drawdown.events.usage.UsageEvent;
import io.drawdown.support.test.Platform;
import io.drawdown.wire.registry.FaultyProxy;
import io.drawdown.wire.registry.RegistryRefusedException;
import io.drawdown.wire.registry.RegistrySettings;
import io.drawdown.wire.registry.RegistryUnavailableException;
import io.drawdown.wire.registry.SchemaRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SerdeIT {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00.123Z");

    /** As an older and a newer release of Money would have it. */
    private static final Schema WITHOUT_CURRENCY = money("");

    private static final Schema WITH_NOTE = money(
            "{\"name\":\"currency\",\"type\":\"string\"},{\"name\":\"note\",\"type\":\"string\",\"default\":\"none\"}");

    private final String topic = "t-" + UUID.randomUUID();

    @Test
    void readsBackWhatItWrote() {
        var event = usage("event-1");

        var bytes = serializer(Map.of()).serialize(topic, event);

        assertThat(deserializer(Map.of()).deserialize(topic, bytes)).isEqualTo(event);
    }

    @Test
    void putsAZeroAndTheIdBeforeEachRecord() {
        var bytes = serializer(Map.of()).serialize(topic, usage("event-1"));

        int id = registry()
                .latest(topic + "-io.drawdown.events.usage.UsageEvent")
                .id();
        assertThat(bytes[0]).isZero();
        assertThat(ByteBuffer.wrap(bytes, 1, 4).getInt()).isEqualTo(id);
    }

    @Test
    void registersTheSchemaWithoutJavasProperties() {
        serializer(Map.of()).serialize(topic, usage("event-1"));

        assertThat(registry()
                        .latest(topic + "-io.drawdown.events.usage.UsageEvent")
                        .schema()
                        .toString())
                .doesNotContain("avro.java.string");
    }

    @Test
    void asksTheRegistryOnceForManyRecords() {
        try (var proxy = new FaultyProxy(Platform.registry().url())) {
            var serializer = serializer(Map.of("schema.registry.url", proxy.url()));
            var deserializer = deserializer(Map.of("schema.registry.url", proxy.url()));
            IntStream.range(0, 1_000)
                    .mapToObj(i -> serializer.serialize(topic, usage("event-" + i)))
                    .forEach(bytes -> deserializer.deserialize(topic, bytes));
            proxy.failNext(1_000);

            assertThat(deserializer.deserialize(topic, serializer.serialize(topic, usage("last"))))
                    .isEqualTo(usage("last"));
        }
    }

    @Test
    void servesManyThreadsAtOnce() {
        var serializer = serializer(Map.of());
        var deserializer = deserializer(Map.of());

        var wrong = IntStream.range(0, 20_000)
                .parallel()
                .filter(i -> !usage("event-" + i)
                        .equals(deserializer.deserialize(topic, serializer.serialize(topic, usage("event-" + i)))))
                .count();

        assertThat(wrong).isZero();
    }

    @Test
    void readsFromAConsumersBufferWithoutTouchingWhatIsAroundIt() {
        var bytes = serializer(Map.of()).serialize(topic, usage("event-1"));
        var around = ByteBuffer.allocate(bytes.length + 20)
                .position(10)
                .put(bytes)
                .flip()
                .position(10);

        assertThat(deserializer(Map.of()).deserialize(topic, new RecordHeaders(), around))
                .isEqualTo(usage("event-1"));
        var direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        assertThat(deserializer(Map.of()).deserialize(topic, new RecordHeaders(), direct))
                .isEqualTo(usage("event-1"));
    }

    @Test
    void keepsATombstone() {
        assertThat(serializer(Map.of()).serialize(topic, null)).isNull();
        assertThat(deserializer(Map.of()).deserialize(topic, (byte[]) null)).isNull();
    }

    @Test
    void readsARecordOfANewerProducer() {
        var newer = new GenericRecordBuilder(WITH_NOTE)
                .set("amount", "45.00")
                .set("currency", "USD")
                .set("note", "unknown to us")
                .build();

        var bytes = serializer(Map.of()).serialize(topic, newer);

        assertThat(deserializer(Map.of()).deserialize(topic, bytes)).isEqualTo(new Money("45.00", "USD"));
    }

    @Test
    void readsGenericRecordsWhenAskedTo() {
        var bytes = serializer(Map.of()).serialize(topic, new Money("45.00", "USD"));

        var generic = deserializer(Map.of("specific.avro.reader", "false")).deserialize(topic, bytes);

        assertThat(generic).isInstanceOf(GenericRecord.class);
        assertThat(((GenericRecord) generic).get("amount").toString()).isEqualTo("45.00");
    }

    @Test
    void saysWhichFieldAnOldRecordLacks() {
        var older =
                new GenericRecordBuilder(WITHOUT_CURRENCY).set("amount", "1").build();
        var bytes = serializer(Map.of()).serialize(topic, older);

        assertThatThrownBy(() -> deserializer(Map.of()).deserialize(topic, bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("currency");
    }

    @Test
    void refusesToWriteAnIncompatibleSchemaWithTheRegistrysReason() {
        serializer(Map.of()).serialize(topic, new Money("45.00", "USD"));
        var older =
                new GenericRecordBuilder(WITHOUT_CURRENCY).set("amount", "1").build();

        assertThatThrownBy(() -> serializer(Map.of()).serialize(topic, older))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining("409");
    }

    @Test
    void writesOnlyRegisteredSchemasWhenToldNotToRegister() {
        var careful = serializer(Map.of("auto.register.schemas", "false"));
        assertThatThrownBy(() -> careful.serialize(topic, usage("event-1")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("auto.register.schemas is off");

        var registered = serializer(Map.of()).serialize(topic, usage("event-1"));

        assertThat(careful.serialize(topic, usage("event-1"))).isEqualTo(registered);
    }

    @Test
    void writesWithTheNewestSchemaWhenTold() {
        int newest = registry().register(topic + "-io.drawdown.events.Money", WITH_NOTE.toString(), false);
        var serializer = serializer(Map.of("auto.register.schemas", "false", "use.latest.version", "true"));

        var bytes = serializer.serialize(topic, new Money("45.00", "USD"));

        assertThat(ByteBuffer.wrap(bytes, 1, 4).getInt()).isEqualTo(newest);
        var generic = deserializer(Map.of("specific.avro.reader", "false")).deserialize(topic, bytes);
        assertThat(generic.get(2).toString()).isEqualTo("none");
    }

    @Test
    void noticesANewerVersionWhenTheLatestIsNotBelievedForEver() {
        var serializer = serializer(
                Map.of("auto.register.schemas", "false", "use.latest.version", "true", "latest.cache.ttl.sec", "0"));
        serializer(Map.of()).serialize(topic, new Money("1", "USD"));
        serializer.serialize(topic, new Money("1", "USD"));
        int newest = registry().register(topic + "-io.drawdown.events.Money", WITH_NOTE.toString(), false);

        var bytes = serializer.serialize(topic, new Money("45.00", "USD"));

        assertThat(ByteBuffer.wrap(bytes, 1, 4).getInt()).isEqualTo(newest);
    }

    @Test
    void refusesToRegisterAndToUseTheLatestAtOnce() {
        assertThatThrownBy(() -> serializer(Map.of("use.latest.version", "true")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("auto.register.schemas=false");
    }

    @Test
    void usesTheTopicsOneSubjectWhenTold() {
        serializer(Map.of("value.subject.name.strategy", "io.confluent.kafka.serializers.subject.TopicNameStrategy"))
                .serialize(topic, usage("event-1"));

        assertThat(registry().latest(topic + "-value").schema().getName()).isEqualTo("UsageEvent");
    }

    @Test
    void explainsBytesOfAnotherFormat() {
        assertThatThrownBy(
                        () -> deserializer(Map.of()).deserialize(topic, "{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("the first byte is 123, not 0");
        assertThatThrownBy(() -> deserializer(Map.of()).deserialize(topic, new byte[] {0, 1}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("too few");
    }

    @Test
    void explainsAnIdThatTheRegistryDoesNotKnow() {
        assertThatThrownBy(() -> deserializer(Map.of()).deserialize(topic, new byte[] {0, 0x7f, 0, 0, 0, 1}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("knows no schema with id");
    }

    @Test
    void tellsARegistryThatIsDownFromARecordThatIsBad() {
        var bytes = serializer(Map.of()).serialize(topic, usage("event-1"));
        var cutOff = deserializer(Map.of("schema.registry.url", "http://127.0.0.1:1", "max.retries", "0"));

        assertThatThrownBy(() -> cutOff.deserialize(topic, bytes)).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void namesTheClassThatIsMissing() {
        var unknown = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Unknown\",\"namespace\":\"x\",\"fields\":[]}");
        var bytes = serializer(Map.of()).serialize(topic, new GenericRecordBuilder(unknown).build());

        assertThatThrownBy(() -> deserializer(Map.of()).deserialize(topic, bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("x.Unknown")
                .hasMessageContaining("specific.avro.reader=false");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 12, 30})
    void refusesARecordThatIsCutShort(int missing) {
        var bytes = serializer(Map.of()).serialize(topic, usage("event-1"));

        assertThatThrownBy(
                        () -> deserializer(Map.of()).deserialize(topic, Arrays.copyOf(bytes, bytes.length - missing)))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void refusesBytesThatAreLeftOver() {
        var bytes = serializer(Map.of()).serialize(topic, usage("event-1"));

        assertThatThrownBy(() -> deserializer(Map.of()).deserialize(topic, Arrays.copyOf(bytes, bytes.length + 3)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("left over");
    }

    @Test
    void survivesALengthThatNoMemoryCouldHold() {
        var bytes = Arrays.copyOf(serializer(Map.of()).serialize(topic, usage("event-1")), 11);
        // A first string of 2^31-9 bytes, as a zigzag number.
        byte[] huge = {(byte) 0xee, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 'x'};
        System.arraycopy(huge, 0, bytes, 5, huge.length);

        assertThatThrownBy(() -> deserializer(Map.of()).deserialize(topic, bytes))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void saysWhichFieldWasNotSet() {
        var serializer = serializer(Map.of());
        var incomplete = usage("event-1");
        incomplete.put("subject", null);

        assertThatThrownBy(() -> serializer.serialize(topic, incomplete))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("subject");
        assertThat(deserializer(Map.of()).deserialize(topic, serializer.serialize(topic, usage("whole"))))
                .as("the half-written record leaves no trace")
                .isEqualTo(usage("whole"));
    }

    @Test
    void keepsARecordThatIsLargerThanItsBuffers() {
        var large = usage("x".repeat(300_000));

        var bytes = serializer(Map.of()).serialize(topic, large);

        assertThat(deserializer(Map.of()).deserialize(topic, bytes)).isEqualTo(large);
    }

    private static UsageEvent usage(String id) {
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

    private static AvroSerializer<IndexedRecord> serializer(Map<String, String> more) {
        var serializer = new AvroSerializer<IndexedRecord>();
        serializer.configure(config(more), false);
        return serializer;
    }

    private static AvroDeserializer<IndexedRecord> deserializer(Map<String, String> more) {
        var deserializer = new AvroDeserializer<IndexedRecord>();
        deserializer.configure(config(more), false);
        return deserializer;
    }

    private static SchemaRegistry registry() {
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
}
