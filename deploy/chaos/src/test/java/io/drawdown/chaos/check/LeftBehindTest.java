package io.drawdown.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawdown.chaos.load.Sent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LeftBehindTest {

    @Test
    void isNothingWhereAllIsEmpty() {
        assertThat(violations("/v1/none", Map.of())).isEmpty();
    }

    @Test
    void isWhatIsParked() {
        for (var path : List.of("/v1/parked-usage", "/v1/parked-corrections", "/v1/parked-credit")) {
            assertThat(violations(path, Map.of())).containsExactly("left in " + path + ": {\"id\":\"a\"}");
        }
    }

    @Test
    void isADeadLetter() {
        assertThat(violations("/v1/none", Map.of("usage.accepted.v1.dlt", 2L)))
                .containsExactly("usage.accepted.v1.dlt holds 2 records");
    }

    /** @param parkedAt the path at which something is parked */
    private static List<String> violations(String parkedAt, Map<String, Long> deadLetters) {
        var wallets = new LeftBehind(
                new Sent(),
                path -> JsonMapper.shared()
                        .readTree(path.equals(parkedAt) ? "{\"data\": [{\"id\": \"a\"}]}" : "{\"data\": []}"));
        return wallets.check(deadLetters).violations();
    }
}
