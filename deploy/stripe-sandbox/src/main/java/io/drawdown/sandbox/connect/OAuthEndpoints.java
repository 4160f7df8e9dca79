package io.drawdown.sandbox.connect;

import io.drawdown.sandbox.api.Form;
import io.drawdown.sandbox.engine.Engine;
import io.drawdown.sandbox.engine.Reply;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /oauth/token} and {@code /oauth/deauthorize}: form in, JSON out, errors in OAuth's own envelope. */
public final class OAuthEndpoints {

    private final Engine engine;
    private final Predicate<String> isKey;

    /** Takes what tells an accepted secret key. */
    public OAuthEndpoints(Engine engine, Predicate<String> isKey) {
        this.engine = engine;
        this.isKey = isKey;
    }

    /**
     * Answers a request.
     *
     * @param key the secret key in its header, null when there is none: then the form has it as {@code client_secret}
     */
    public Reply answer(String path, String form, @Nullable String key) {
        try {
            var params = Form.parse(form);
            var secret = key == null ? text(params, "client_secret") : key;
            if (secret == null || !isKey.test(secret)) {
                throw new OAuthRefusal("invalid_client", "No such API key: give the platform's secret key");
            }
            return new Reply(200, Json.bytes(run(path, params)), false);
        } catch (OAuthRefusal refusal) {
            return new Reply(refusal.status(), Json.bytes(refusal.body()), false);
        }
    }

    private ObjectNode run(String path, Map<String, Object> params) {
        return switch (path) {
            case "/oauth/token" -> inTransaction(params, OAuthEndpoints::token);
            case "/oauth/deauthorize" -> inTransaction(params, OAuthEndpoints::deauthorize);
            default -> throw new OAuthRefusal("invalid_request", "There is no " + path);
        };
    }

    private ObjectNode inTransaction(
            Map<String, Object> params, BiFunction<Transaction, Map<String, Object>, ObjectNode> step) {
        var answers = new ArrayList<ObjectNode>();
        engine.itself(tx -> answers.add(step.apply(tx, params)));
        return answers.getFirst();
    }

    private static ObjectNode token(Transaction tx, Map<String, Object> params) {
        var type = need(params, "grant_type");
        return switch (type) {
            case "authorization_code" -> Connections.redeem(tx, need(params, "code"));
            case "refresh_token" -> Connections.refresh(tx, need(params, "refresh_token"));
            default ->
                throw new OAuthRefusal(
                        "unsupported_grant_type", "grant_type is authorization_code or refresh_token, not " + type);
        };
    }

    private static ObjectNode deauthorize(Transaction tx, Map<String, Object> params) {
        var client = need(params, "client_id");
        if (!client.startsWith("ca_")) {
            throw new OAuthRefusal("invalid_client", "No such application: " + client);
        }
        return Connections.revoke(tx, client, need(params, "stripe_user_id"));
    }

    private static String need(Map<String, Object> params, String name) {
        var value = text(params, name);
        if (value == null || value.isEmpty()) {
            throw new OAuthRefusal("invalid_request", "No " + name + " provided");
        }
        return value;
    }

    private static @Nullable String text(Map<String, Object> params, String name) {
        return params.get(name) instanceof String value ? value : null;
    }
}
