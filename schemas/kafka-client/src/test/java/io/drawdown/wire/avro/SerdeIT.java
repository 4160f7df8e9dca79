package io.drawdown.wire.avro;

import static io.drawdown.wire.avro.SerdeFixture.WITH_NOTE;
import static io.drawdown.wire.avro.SerdeFixture.deserializer;
import static io.drawdown.wire.avro.SerdeFixture.registry;
import static io.drawdown.wire.avro.SerdeFixture.serializer;
import static io.drawdown.wire.avro.SerdeFixture.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.events.Money;
import io.drawdown.support.test.FaultyProxy;
import io.drawdown.support.test.Platform;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class SerdeIT {

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
    void usesTheTopicsOneSubjectWhenTold() {
        serializer(Map.of("value.subject.name.strategy", "io.confluent.kafka.serializers.subject.TopicNameStrategy"))
                .serialize(topic, usage("event-1"));

        assertThat(registry().latest(topic + "-value").schema().getName()).isEqualTo("UsageEvent");
    }

    @Test
    void keepsARecordThatIsLargerThanItsBuffers() {
        var large = usage("x".repeat(300_000));

        var bytes = serializer(Map.of()).serialize(topic, large);

        assertThat(deserializer(Map.of()).deserialize(topic, bytes)).isEqualTo(large);
    }
}
