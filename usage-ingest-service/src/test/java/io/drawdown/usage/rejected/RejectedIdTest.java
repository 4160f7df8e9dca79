package io.drawdown.usage.rejected;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.usage.wire.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RejectedIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"0-0", "3-1042", "http-9223372036854775807", "http-0"})
    void readsWhatItWrites(String text) {
        assertThat(RejectedId.parse(text)).hasToString(text);
    }

    @Test
    void namesTheRefusalsOfHttpApart() {
        assertThat(new RejectedId(new Position(Position.NOT_IN_THE_LOG, 5))).hasToString("http-5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "3",
                "3-",
                "-1-4",
                "3-1-4",
                "a-b",
                "3-99999999999999999999",
                "9999999999-1",
                "3-9999999999999999999"
            })
    void takesNothingElse(String text) {
        assertThat(RejectedId.parse(text)).isNull();
    }
}
