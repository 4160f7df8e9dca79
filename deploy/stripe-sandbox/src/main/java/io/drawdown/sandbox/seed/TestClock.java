package io.drawdown.sandbox.seed;

import io.drawdown.sandbox.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Waiting for a test clock, which advances in its own time. */
final class TestClock {

    private static final int PAUSE_MILLIS = 20;
    private static final int PATIENCE = 15_000;

    private TestClock() {}

    static boolean isAdvancing(JsonNode answer) {
        return "test_helpers.test_clock".equals(Json.string(answer, "object"))
                && "advancing".equals(Json.string(answer, "status"));
    }

    /** The clock once it is ready; gives up after some minutes. */
    static JsonNode awaitReady(Api api, JsonNode clock) {
        var path = "/v1/test_helpers/test_clocks/" + Json.need(clock, "id");
        for (int i = 0; i < PATIENCE; i++) {
            var now = api.call("GET", path, List.of()).body();
            if (!isAdvancing(now)) {
                return ready(now);
            }
            pause();
        }
        throw new IllegalStateException("The test clock " + Json.need(clock, "id") + " does not get ready");
    }

    private static JsonNode ready(JsonNode clock) {
        if (!"ready".equals(Json.string(clock, "status"))) {
            throw new IllegalStateException("The test clock could not be advanced: " + clock);
        }
        return clock;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a test clock advanced", e);
        }
    }
}
