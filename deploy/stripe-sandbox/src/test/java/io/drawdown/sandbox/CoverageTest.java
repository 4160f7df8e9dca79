package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.sandbox.api.ApiDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** With {@code -Dreadme.write=true} the README's table is written anew instead of compared. */
class CoverageTest {

    static final Path README = Path.of("README.md");
    static final String BEGIN = "<!-- coverage: generated, see CoverageTest -->\n";
    static final String END = "<!-- end of coverage -->";

    @Test
    void isWhatTheReadmeSays() throws IOException {
        var api = ApiDescription.load();
        var table = new Coverage(api, new Wiring(api, SandboxSettings.DEFAULT, () -> "").routes()).markdown();
        var text = Files.readString(README);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        if (Boolean.getBoolean("readme.write")) {
            Files.writeString(README, text.substring(0, begin) + table + text.substring(end));
        } else {
            assertThat(text.substring(begin, end))
                    .as("The README's table of operations is not what is served. Write it anew: "
                            + "./mvnw -pl deploy/stripe-sandbox test -Dtest=CoverageTest -Dreadme.write=true")
                    .isEqualTo(table);
        }
    }
}
