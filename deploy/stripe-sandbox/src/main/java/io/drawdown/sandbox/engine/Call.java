package io.drawdown.sandbox.engine;

import io.drawdown.sandbox.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request on its way through a handler.
 *
 * @param operation method and path template
 * @param path values of the path's variables
 * @param params typed parameters; JSON null means unset
 */
public record Call(Transaction tx, String operation, Map<String, String> path, ObjectNode params) {

    /** The path's only or last variable: the id the call is about. */
    public String id() {
        String last = "";
        for (String value : path.values()) {
            last = value;
        }
        return last;
    }

    /** A parameter as text; null when absent or unset. */
    public @Nullable String text(String param) {
        return Json.string(params, param);
    }

    /** A parameter that this call cannot do without, though the description has it as optional. */
    public String need(String param) {
        var value = text(param);
        if (value == null) {
            throw io.drawdown.sandbox.api.ApiException.missing(param);
        }
        return value;
    }
}
