package io.drawdown.sandbox.connect;

import io.drawdown.sandbox.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** A refusal in the words of OAuth, which are not those of the API. */
final class OAuthRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String error;

    OAuthRefusal(String error, String description) {
        super(description);
        this.error = error;
    }

    int status() {
        return error.equals("invalid_client") ? 401 : 400;
    }

    ObjectNode body() {
        return Json.object().put("error", error).put("error_description", String.valueOf(getMessage()));
    }
}
