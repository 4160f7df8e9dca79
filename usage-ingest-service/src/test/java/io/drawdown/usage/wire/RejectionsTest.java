package io.drawdown.usage.wire;

import static io.drawdown.usage.wire.Rejections.ORIGINAL_BYTES_MAX;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.events.usage.UsageRejected;
import io.drawdown.usage.domain.Reason;
import io.drawdown.usage.domain.Verdict;
import io.drawdown.usage.wire.Rejections.Names;
import io.drawdown.usage.wire.Rejections.Original;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RejectionsTest {

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
                .isEqualTo("nobody knows it (the original has 1000001 bytes, too many to be copied here)");
    }

    static UsageRejected rejected(byte[] value, byte[] sent) {
        var refused = new Verdict.Refused(Reason.UNKNOWN_METER, "nobody knows it");
        var position = new Position(Position.NOT_IN_THE_LOG, 7);
        return Rejections.of(refused, Names.NONE, position, new Original(SUBJECT, value, sent), Instant.EPOCH);
    }
}
