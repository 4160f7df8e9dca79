package io.drawdown.wire.avro;

import static io.drawdown.wire.avro.SerdeFixture.WITHOUT_CURRENCY;
import static io.drawdown.wire.avro.SerdeFixture.deserializer;
import static io.drawdown.wire.avro.SerdeFixture.serializer;
import static io.drawdown.wire.avro.SerdeFixture.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawdown.events.Money;
import io.drawdown.wire.registry.RegistryRefusedException;
import io.drawdown.wire.registry.RegistryUnavailableException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each failure says what is wrong and what to do. */
class SerdeFailuresIT {

    private final String topic = "t-" + UUID.randomUUID();

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
    void refusesToRegisterAndToUseTheLatestAtOnce() {
        assertThatThrownBy(() -> serializer(Map.of("use.latest.version", "true")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("auto.register.schemas=false");
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
        assertThatThrownBy(() -> deserializer(Map.of()).deserialize(topic, new byte[] {0, -1, 0, 0, 0, 1}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("its schema id would be -16777216");
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

    /** As a serializer registers by itself that is given a text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"string\"",
                "\"bytes\"",
                "{\"type\":\"map\",\"values\":\"string\"}",
                "[\"null\",\"string\"]",
                "{\"type\":\"enum\",\"name\":\"x.E\",\"symbols\":[\"A\"]}"
            })
    void refusesWhatIsNoRecord(String schema) {
        int id = SerdeFixture.registry().register(topic + "-value", schema, false);
        var bytes = ByteBuffer.allocate(7).put((byte) 0).putInt(id).array();

        assertThatThrownBy(() -> deserializer(Map.of()).deserialize(topic, bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("is no record's");
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
}
