package io.drawdown.chaos.check;

import io.drawdown.chaos.load.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What waits for a person: dead letters, what is parked, and answers that nobody should get. */
final class LeftBehind {

    private static final List<String> PARKED =
            List.of("/v1/parked-usage", "/v1/parked-corrections", "/v1/parked-credit");

    private final Sent sent;
    private final Function<String, JsonNode> wallets;

    /** @param wallets what wallet-service answers to GET of a path */
    LeftBehind(Sent sent, Function<String, JsonNode> wallets) {
        this.sent = sent;
        this.wallets = wallets;
    }

    /** @param deadLetters how many records each topic of them holds */
    Check check(Map<String, Long> deadLetters) {
        var violations = new ArrayList<>(sent.complaints());
        deadLetters.forEach((topic, count) -> violations.add(topic + " holds " + count + " records"));
        for (var path : PARKED) {
            wallets.apply(path).path("data").values().forEach(each -> violations.add("left in " + path + ": " + each));
        }
        return new Check(
                "Nothing is left behind in dead letters or parked, and no answer was wrong",
                sent.repeats() + sent.retries(),
                violations);
    }
}
