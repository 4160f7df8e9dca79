package io.drawdown.reporting.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CsvEncoderTest {

    @Test
    void writesOneLinePerRow() {
        assertThat(csv("Acme", "-12.50")).isEqualTo("name,amount\r\nAcme,-12.50\r\n");
    }

    @Test
    void leavesAnAbsentValueEmpty() {
        assertThat(csv(null, "1")).isEqualTo("name,amount\r\n,1\r\n");
    }

    @Test
    void quotesWhatWouldBreakTheLine() {
        assertThat(csv("Acme, \"the\"\nFirst", "1")).isEqualTo("name,amount\r\n\"Acme, \"\"the\"\"\nFirst\",1\r\n");
    }

    @Test
    void disarmsANameThatASpreadsheetWouldRun() {
        assertThat(csv("=HYPERLINK(1)", "1")).contains("\r\n'=HYPERLINK(1),1");
        assertThat(csv("-Acme", "1")).contains("\r\n'-Acme,1");
    }

    static String csv(@Nullable String name, String amount) {
        return CsvEncoder.csv(new Tabular() {

            @Override
            public List<String> columns() {
                return List.of("name", "amount");
            }

            @Override
            public List<List<@Nullable String>> cells() {
                return List.of(Arrays.asList(name, amount));
            }
        });
    }
}
