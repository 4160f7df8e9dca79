package io.drawdown.wire.avro;

import static io.drawdown.wire.avro.SerdeFixture.deserializer;
import static io.drawdown.wire.avro.SerdeFixture.serializer;
import static io.drawdown.wire.avro.SerdeFixture.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.drawdown.events.usage.UsageEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever may write to a topic may register a schema, too, and names it in the record: that must harm that record alone. */
class HostileSchemasIT {

    private static final String NODE =
            "[\"null\",{\"type\":\"record\",\"name\":\"x.Node\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"x.Node\"]}]}]";

    private final String topic = "t-" + UUID.randomUUID();

    @Test
    void refusesWhatIsNestedSoDeeplyThatItCannotBeSkipped() throws IOException {
        var depth = new byte[20_000];
        Arrays.fill(depth, (byte) 2); // The second branch of each union.
        depth[depth.length - 1] = 0;

        assertRefused(usageWith(NODE), usageBytesAnd(depth), "nested too deeply");
    }

    /** Each count of two thousand million elements takes five bytes, and each of them several seconds. */
    @Test
    void refusesAnArrayOfNothing() throws IOException {
        byte[] count = {(byte) 0xee, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
        var counts = new ByteArrayOutputStream();
        for (int i = 0; i < 100_000; i++) {
            counts.write(count);
        }
        counts.write(0);

        for (var nothing :
                new String[] {"\"null\"", record("x.Empty", ""), "{\"type\":\"fixed\",\"name\":\"x.F\",\"size\":0}"}) {
            var array = "{\"type\":\"array\",\"items\":" + nothing + "}";
            assertRefused(usageWith(array), usageBytesAnd(counts.toByteArray()), "elements without bytes");
        }
    }

    @Test
    void refusesRecordsThatDoubleOnEachLevel() throws IOException {
        var level = record("x.L0", "");
        for (int i = 1; i <= 50; i++) {
            level = record("x.L" + i, field("a", level) + "," + field("b", "\"x.L" + (i - 1) + "\""));
        }

        assertRefused(usageWith(level), usageBytesAnd(new byte[0]), "fields within each other");
    }

    /** To see whether such a default is right takes twice as long on each level. */
    @Test
    void refusesDefaultsThatDoubleOnEachLevel() throws IOException {
        var level = record("x.L0", "");
        for (int i = 1; i <= 40; i++) {
            level = record("x.L" + i, empty(field("a", level)) + "," + empty(field("b", "\"x.L" + (i - 1) + "\"")));
        }
        var hostile = usageWith(level);
        var bytes = framed(1, usageBytesAnd(new byte[0]));

        try (var registry = new OneSchema(hostile)) {
            var settings = Map.of("schema.registry.url", registry.url());
            assertTimeoutPreemptively(
                    Duration.ofSeconds(30),
                    () -> assertThatThrownBy(() -> deserializer(settings).deserialize(topic, bytes))
                            .isInstanceOf(SerializationException.class)
                            .hasMessageContaining("fields within each other"));
        }
    }

    private static String empty(String field) {
        return field.substring(0, field.length() - 1) + ",\"default\":{}}";
    }

    @Test
    void refusesARecordThatHoldsItself() throws IOException {
        assertRefused(usageWith(record("x.Self", field("a", "\"x.Self\""))), usageBytesAnd(new byte[0]), "x.Self");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.avro.specific.SpecificRecord",
                "org.apache.avro.specific.SpecificRecordBase",
                "org.apache.avro.specific.SpecificExceptionBase",
                "java.lang.String",
                "io.drawdown.wire.avro.HostileSchemasIT",
                // Its superclass is of an API that is not there.
                "org.springframework.mock.web.MockHttpServletRequest"
            })
    void refusesTheNameOfWhatIsNoGeneratedRecord(String name) {
        assertRefused(record(name, ""), new byte[0], name);
    }

    @Test
    void runsNoCodeOfAClassForItsName() {
        assertRefused(record("io.drawdown.wire.avro.Trap", ""), new byte[0], "io.drawdown.wire.avro.Trap");

        assertThat(System.getProperty("drawdown.test.trap")).isNull();
    }

    /** What a newer producer adds within reason is passed over. */
    @Test
    void readsWhatHasANestedFieldThatItDoesNotKnow() throws IOException {
        byte[] threeDeep = {2, 2, 2, 0};

        var read = deserializer(Map.of())
                .deserialize(topic, framed(registered(usageWith(NODE)), usageBytesAnd(threeDeep)));

        assertThat(read).isEqualTo(usage("event-1"));
    }

    private void assertRefused(String schema, byte[] value, String why) {
        var bytes = framed(registered(schema), value);

        assertThatThrownBy(() -> deserializer(Map.of()).deserialize(topic, bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(why);
    }

    private int registered(String schema) {
        return SerdeFixture.registry().register(topic + UUID.randomUUID(), schema, false);
    }

    private static byte[] framed(int id, byte[] value) {
        return ByteBuffer.allocate(5 + value.length)
                .put((byte) 0)
                .putInt(id)
                .put(value)
                .array();
    }

    private byte[] usageBytesAnd(byte[] more) {
        var usage = serializer(Map.of()).serialize(topic, usage("event-1"));
        return ByteBuffer.allocate(usage.length - 5 + more.length)
                .put(usage, 5, usage.length - 5)
                .put(more)
                .array();
    }

    private static String usageWith(String type) {
        var own = UsageEvent.getClassSchema().getFields().stream()
                .map(field -> field(field.name(), field.schema().toString()))
                .collect(Collectors.joining(","));
        return record(UsageEvent.class.getName(), own + "," + field("more", type));
    }

    private static String record(String name, String fields) {
        return "{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[" + fields + "]}";
    }

    private static String field(String name, String type) {
        return "{\"name\":\"" + name + "\",\"type\":" + type + "}";
    }
}
