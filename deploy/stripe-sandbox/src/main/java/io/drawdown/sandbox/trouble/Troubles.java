package io.drawdown.sandbox.trouble;

import io.drawdown.sandbox.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The troubles that wait for a request, each for so many. */
public final class Troubles {

    private static final String ALWAYS = "always";

    private static final class Waiting {

        private final Trouble trouble;
        private int left;

        private Waiting(Trouble trouble, int left) {
            this.trouble = trouble;
            this.left = left;
        }

        private ObjectNode node() {
            return left == Integer.MAX_VALUE
                    ? trouble.node().put("count", ALWAYS)
                    : trouble.node().put("count", left);
        }
    }

    private final List<Waiting> waiting = new ArrayList<>();

    /** Arranges a trouble for the next so many matching requests, one unless {@code count} says more or {@code always}. */
    ObjectNode add(JsonNode json) {
        var trouble = Trouble.read(json);
        int count = ALWAYS.equals(Json.string(json, "count")) ? Integer.MAX_VALUE : (int) Json.number(json, "count", 1);
        if (count < 1) {
            throw new IllegalArgumentException("count is at least 1, or always; not " + count);
        }
        synchronized (this) {
            waiting.add(new Waiting(trouble, count));
        }
        return state();
    }

    /** The first that concerns the request and strikes it, which uses it up once. */
    public synchronized Optional<Trouble> take(String method, String path) {
        for (Waiting next : waiting) {
            if (next.trouble.concerns(method, path) && next.trouble.strikes()) {
                use(next);
                return Optional.of(next.trouble);
            }
        }
        return Optional.empty();
    }

    private void use(Waiting used) {
        if (used.left != Integer.MAX_VALUE && --used.left == 0) {
            waiting.remove(used);
        }
    }

    synchronized ObjectNode state() {
        var state = Json.object();
        var list = state.putArray("troubles");
        waiting.forEach(next -> list.add(next.node()));
        return state;
    }

    synchronized ObjectNode clear() {
        waiting.clear();
        return state();
    }
}
