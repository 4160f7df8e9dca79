package io.drawdown.usage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "0.015", "1.50", "999999999999999999.999999999999", "123456789012345678"})
    void leavesAPlainNumeralAsItIs(String text) {
        assertThat(Quantity.plain(text)).isSameAs(text);
    }

    @ParameterizedTest
    @CsvSource({
        "1e3, 1000",
        "2.5E-3, 0.0025",
        "+7, 7",
        "007, 7",
        ".5, 0.5",
        "5., 5",
        "-0, 0",
        "-0.0, 0",
        "1e-12, 0.000000000001",
        "0.10000000000000000000, 0.1",
        "1E17, 100000000000000000"
    })
    void writesOtherNotationsPlainly(String text, String plain) {
        assertThat(Quantity.plain(text)).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " 1",
                "1 ",
                "one",
                "1,5",
                "1.2.3",
                ".",
                "-1",
                "-0.000000000001",
                "1000000000000000000",
                "0.0000000000001",
                "1e18",
                "1e999999999",
                "1e-999999999",
                "1e2147483648",
                "NaN",
                "Infinity",
                "0x10",
                "\u0661\u0662",
                "1_000"
            })
    void refusesWhatIsNoQuantityOrOutOfRange(String text) {
        assertThat(Quantity.plain(text)).isNull();
    }

    @Test
    void refusesALongTextUnread() {
        assertThat(Quantity.plain("0".repeat(100_000))).isNull();
        assertThat(Quantity.plain("1".repeat(100_000))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "+1", "1.", ".5", "1e18", "-1E-99", "1000000000000000000"})
    void knowsANumeralThatIsNoQuantity(String text) {
        assertThat(Quantity.isNumeral(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "one", "1,5", "1.2.3", "NaN", "0x10", "1e", "\u0661"})
    void knowsWhatIsNoNumeral(String text) {
        assertThat(Quantity.isNumeral(text)).isFalse();
    }
}
