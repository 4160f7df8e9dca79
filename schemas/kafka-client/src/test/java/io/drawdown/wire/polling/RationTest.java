package io.drawdown.wire.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RationTest {

    private static final int MANY = 20_000_000;
    private static final int HALF = 9_000_000;

    private final Ration ration = new Ration(1_000_001);

    private final Deserializer<byte[]> keys = ration.of(new ByteArrayDeserializer());
    private final Deserializer<byte[]> values = ration.of(new ByteArrayDeserializer());

    @BeforeEach
    void poll() {
        ration.renew();
    }

    @Test
    void eachPollBringsOneRecordHoweverLongItsHeadersAre() {
        var large = headers(MANY);
        assertThat(key(large)).hasSize(1);
        assertThat(value(large, 1_000_000)).hasSize(1_000_000);
        refuses(headers(0));
        ration.renew();
        assertThat(key(headers(0))).hasSize(1);
    }

    @Test
    void countsHeadersOfARecordWithoutAKeyOrWithoutAValue() {
        key(headers(HALF));
        refuses(headers(HALF));
        ration.renew();
        value(headers(HALF), 1);
        assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> value(headers(HALF), 1));
    }

    @Test
    void headersCountOnceForARecord() {
        var first = headers(HALF);
        key(first);
        value(first, 1);
        var second = headers(6_000_000);
        key(second);
        assertThat(value(second, 2_000_000))
                .as("cut, and never refused behind its key")
                .hasSize(1_000_001);
        refuses(headers(1_000_000));
    }

    @Test
    void cutsNothingOfARecordThatIsNeededWhole() {
        var whole = new Ration().of(new ByteArrayDeserializer());
        assertThat(whole.deserialize("topic", headers(0), ByteBuffer.wrap(new byte[MANY])))
                .hasSize(MANY);
    }

    private void refuses(Headers headers) {
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> key(headers))
                .withMessageContaining("comes with the next");
    }

    private byte[] key(Headers headers) {
        return keys.deserialize("topic", headers, ByteBuffer.wrap(new byte[1]));
    }

    private byte[] value(Headers headers, int length) {
        return values.deserialize("topic", headers, ByteBuffer.wrap(new byte[length]));
    }

    private static Headers headers(int length) {
        return new RecordHeaders().add("large", new byte[length]);
    }
}
