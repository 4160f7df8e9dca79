package io.drawdown.wallet.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.drawdown.wallet.usage.ParkedUsage.Reason;
import org.junit.jupiter.api.Test;

class BoundedReadsTest {

    @Test
    void readSoManyTimesAndNoMore() {
        var reads = new BoundedReads(2, new SoughtUsage(0, 7, new UsageName("/test", "u1")));

        assertThat(reads.next(() -> "event")).isEqualTo("event");
        assertThat(reads.<String>next(() -> null)).isNull();
        assertThatExceptionOfType(NotYetCorrectable.class)
                .isThrownBy(() -> reads.next(() -> "event"))
                .withMessageContaining("2 readings")
                .satisfies(not -> assertThat(not.reason()).isEqualTo(Reason.SEARCH_TOO_LONG));
    }
}
