package io.drawdown.usage.wire;

import static io.drawdown.usage.wire.Rejections.ORIGINAL_BYTES_MAX;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.events.usage.UsageRejected;
import io.drawdown.usage.domain.Excerpt;
import io.drawdown.usage.domain.Reason;
import io.drawdown.usage.domain.UsageForm;
import io.drawdown.usage.domain.Verdict;
import io.drawdown.usage.wire.Rejections.Names;
import io.drawdown.usage.wire.Rejections.Original;
import io.drawdown.wire.EventHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RejectionsTest {

    /** Kafka's default for max.request.size. */
    static final int PRODUCER_BYTES_MAX = 1_048_576;

    static final byte[] SUBJECT = {1, 2};
    static final byte[] RECORD = {3, 4, 5};
    static final int ROOM = ORIGINAL_BYTES_MAX - SUBJECT.length - RECORD.length;

    @Test
    void keepsWhatWasSentBesideTheRecord() {
        var sent = new byte[ROOM];

        var rejected = rejected(RECORD, sent);

        assertThat(rejected.getOriginalKey()).isEqualTo(ByteBuffer.wrap(SUBJECT));
        assertThat(rejected.getOriginalValue()).isEqualTo(ByteBuffer.wrap(RECORD));
        assertThat(rejected.getSent()).isEqualTo(ByteBuffer.wrap(sent));
    }

    @Test
    void keepsTheRecordAloneWhereBothAreTooLarge() {
        var rejected = rejected(RECORD, new byte[ROOM + 1]);

        assertThat(rejected.getOriginalValue()).isEqualTo(ByteBuffer.wrap(RECORD));
        assertThat(rejected.getSent()).isNull();
        assertThat(rejected.getDetail()).isEqualTo("nobody knows it");
    }

    @Test
    void leavesOutAnOriginalThatIsTooLargeAndSaysSo() {
        var rejected = rejected(new byte[ORIGINAL_BYTES_MAX - SUBJECT.length + 1], null);

        assertThat(rejected.getOriginalKey()).isNull();
        assertThat(rejected.getOriginalValue()).isNull();
        assertThat(rejected.getDetail())
                .isEqualTo("nobody knows it (the original has more than 1000000 bytes, too many to be copied here)");
    }

    @Test
    void standsUnderAKeyThatAnAccountMayHaveAndUnderNoLongerOne() {
        var longest = "\u20ac".repeat(UsageForm.ATTRIBUTE_LENGTH_MAX).getBytes(StandardCharsets.UTF_8);

        assertThat(Rejections.recordKey(longest)).isSameAs(longest);
        assertThat(Rejections.recordKey(Arrays.copyOf(longest, longest.length + 1)))
                .isNull();
        assertThat(Rejections.recordKey(null)).isNull();
    }

    /** Whatever the original is made of, a producer with Kafka's own settings sends its refusal. */
    @ParameterizedTest
    @ValueSource(ints = {0, 765, 766, 60_000, 600_000, ORIGINAL_BYTES_MAX, ORIGINAL_BYTES_MAX + 1, 1_047_000})
    void fitsIntoARecordOfKafkasDefaultSize(int keyBytes) throws IOException {
        var key = new byte[keyBytes];
        var value = new byte[Math.max(0, ORIGINAL_BYTES_MAX - keyBytes)];
        var longest = "\u20ac".repeat(UsageForm.ATTRIBUTE_LENGTH_MAX);
        var refused = new Verdict.Refused(Reason.MALFORMED, Excerpt.shortened("\u20ac".repeat(2_000)));

        var rejected = Rejections.of(
                refused,
                new Names(longest, longest, longest, longest),
                new Position(5, Long.MAX_VALUE),
                new Original(key, value, null),
                Instant.EPOCH);

        assertThat(sizeOf(Rejections.recordKey(key), UsageRejected.getEncoder().encode(rejected)))
                .isLessThan(PRODUCER_BYTES_MAX);
    }

    /** As a producer estimates it before it sends, with headers as long as the gate carries them. */
    static int sizeOf(byte[] key, ByteBuffer value) {
        var headers = new RecordHeaders();
        for (var name : List.of(EventHeaders.ID, EventHeaders.SOURCE, EventHeaders.TIME, EventHeaders.TRACEPARENT)) {
            headers.add(name, new byte[1_024]);
        }
        var bytes = new byte[value.remaining()];
        return AbstractRecords.estimateSizeInBytesUpperBound(
                RecordBatch.CURRENT_MAGIC_VALUE, CompressionType.NONE, key, bytes, headers.toArray());
    }

    static UsageRejected rejected(byte[] value, byte[] sent) {
        var refused = new Verdict.Refused(Reason.UNKNOWN_METER, "nobody knows it");
        var position = new Position(Position.NOT_IN_THE_LOG, 7);
        return Rejections.of(refused, Names.NONE, position, new Original(SUBJECT, value, sent), Instant.EPOCH);
    }
}
