package io.drawdown.support.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "America/Argentina/Ushuaia", "America/St_Johns", "Asia/Kathmandu"})
    void arePlacesAndUtc(String name) {
        assertThat(Regions.of(name).getId()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+02:00",
                "Z",
                "UTC+2",
                "EST",
                "CET",
                "GMT",
                "Etc/GMT+2",
                "SystemV/EST5",
                "europe/berlin",
                "Mars/Olympus"
            })
    void areNothingElse(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Regions.of(name))
                .withMessageContaining("\"" + name + "\"")
                .withMessageContaining("Europe/Berlin");
    }
}
