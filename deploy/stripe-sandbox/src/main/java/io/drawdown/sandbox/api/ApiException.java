package io.drawdown.sandbox.api;

import io.drawdown.sandbox.json.Json;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A refusal, as Stripe words it: HTTP status and the content of {@code error}. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String INVALID_REQUEST = "invalid_request_error";

    private final int status;
    private final transient ObjectNode error;
    private final boolean beforeExecution;
    private final boolean keepingChanges;

    private ApiException(int status, ObjectNode error, boolean beforeExecution, boolean keepingChanges) {
        super(Json.string(error, "message"));
        this.status = status;
        this.error = error;
        this.beforeExecution = beforeExecution;
        this.keepingChanges = keepingChanges;
    }

    /** The request is refused before anything ran; no idempotent result is kept for it. */
    public static ApiException malformed(@Nullable String code, String message, @Nullable String param) {
        return new ApiException(400, error(INVALID_REQUEST, code, message, param), true, false);
    }

    /** The request is understood and refused in the state that things are in. */
    public static ApiException invalid(@Nullable String code, String message, @Nullable String param) {
        return new ApiException(400, error(INVALID_REQUEST, code, message, param), false, false);
    }

    /** Any other refusal without traces. */
    public static ApiException of(int status, String type, @Nullable String code, String message) {
        return new ApiException(status, error(type, code, message, null), true, false);
    }

    /** The request failed for no fault of the client's, and that is its result. */
    public static ApiException failed(int status, String message) {
        return new ApiException(status, error("api_error", null, message, null), false, false);
    }

    /** A payment failed (402): what was recorded about the attempt stays. */
    public static ApiException card(ObjectNode error) {
        error.put("type", "card_error");
        return new ApiException(402, error, false, true);
    }

    /** Refused in the state that things are in (400): what was recorded about the failure stays. */
    public static ApiException failed(String code, String message) {
        return new ApiException(400, error(INVALID_REQUEST, code, message, null), false, true);
    }

    /** The same refusal, with the object that it is about. */
    public ApiException showing(String field, ObjectNode object) {
        var shown = error.deepCopy();
        shown.set(field, object);
        return new ApiException(status, shown, beforeExecution, keepingChanges);
    }

    /** The same refusal of that request, with where the dashboard would have its log. */
    public ApiException logged(String requestId) {
        var logged = error.deepCopy().put("request_log_url", "https://dashboard.stripe.com/test/logs/" + requestId);
        return new ApiException(status, logged, beforeExecution, keepingChanges);
    }

    /** The same refusal, but what was recorded is undone. */
    public ApiException leavingNothing() {
        return new ApiException(status, error, beforeExecution, false);
    }

    public static ApiException missing(String param) {
        return malformed("parameter_missing", "Missing required param: " + param + ".", param);
    }

    public static ApiException exclusive(String one, String other) {
        return invalid(
                "parameters_exclusive",
                "You may only specify one of these parameters: " + one + ", " + other + ".",
                one);
    }

    public static ApiException oneOf(String param, String value, List<String> permitted) {
        return malformed(
                null,
                "Invalid " + param + ": must be one of " + String.join(", ", permitted) + "; got " + value,
                param);
    }

    /** 404 when the id stood in the path (no parameter), else 400. */
    public static ApiException noSuch(String label, String id, @Nullable String param) {
        var message = "No such " + label.toLowerCase(Locale.ROOT) + ": '" + id + "'";
        var error = error(INVALID_REQUEST, "resource_missing", message, param == null ? "id" : param);
        return new ApiException(param == null ? 404 : 400, error, false, false);
    }

    /** The sandbox, unlike Stripe, does not do this yet; it says so rather than ignore it. */
    public static ApiException notCovered(String param, String operation) {
        return malformed(
                null,
                "The Stripe sandbox does not cover parameter '" + param + "' of " + operation
                        + ": leave it out or use Stripe's test mode.",
                param);
    }

    private static ObjectNode error(String type, @Nullable String code, String message, @Nullable String param) {
        var error = Json.object();
        if (code != null) {
            error.put("code", code).put("doc_url", "https://stripe.com/docs/error-codes/" + code.replace('_', '-'));
        }
        error.put("message", message);
        if (param != null) {
            error.put("param", param);
        }
        return error.put("type", type);
    }

    public int status() {
        return status;
    }

    /** The body: {@code {"error": …}}. */
    public ObjectNode body() {
        var body = Json.object();
        body.set("error", error.deepCopy());
        return body;
    }

    /** Whether the operation had not begun, so that nothing is kept under an idempotency key. */
    public boolean beforeExecution() {
        return beforeExecution;
    }

    /** Whether what the operation did so far stays, as after a declined payment. */
    public boolean keepingChanges() {
        return keepingChanges;
    }
}
