package io.drawdown.sandbox.browser;

import io.drawdown.sandbox.api.Form;
import io.drawdown.sandbox.connect.Connections;
import io.drawdown.sandbox.engine.Engine;
import io.drawdown.sandbox.http.Incoming;
import io.drawdown.sandbox.http.Outgoing;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a merchant lets a platform act for his account. A new account is connected, or the one named in the query as
 * {@code account}, which Stripe knows from the login.
 */
public final class AuthorizePage {

    public static final String PATH = "/oauth/authorize";

    private final Engine engine;

    public AuthorizePage(Engine engine) {
        this.engine = engine;
    }

    /** The page, or the way back with a code or an error. */
    public Outgoing answer(Incoming request) {
        var asked = texts(String.valueOf(request.query()));
        var client = asked.getOrDefault("client_id", "");
        var back = asked.getOrDefault("redirect_uri", "");
        if (!client.startsWith("ca_") || !back.matches("https?://[^\\s]+")) {
            return Html.page(
                    400, "Cannot connect", "<p>The link needs a client_id (ca_…) and a redirect_uri (http…).</p>");
        }
        if (!"code".equals(asked.get("response_type"))) {
            return back(asked, "error", "unsupported_response_type", "response_type must be code");
        }
        var scope = asked.getOrDefault("scope", "read_only");
        if (!scope.equals("read_write") && !scope.equals("read_only")) {
            return back(asked, "error", "invalid_scope", "scope is read_write or read_only");
        }
        return request.method().equals("POST") ? decide(request, asked, client, scope) : ask(request, client, scope);
    }

    private static Outgoing ask(Incoming request, String client, String scope) {
        var what = "<p>" + Html.escape(client) + " wants to "
                + (scope.equals("read_write") ? "read and change" : "read") + " your account (test mode).</p>";
        return Html.page(
                200,
                "Connect your account",
                what + Html.choice(PATH + "?" + request.query(), Map.of(), "Connect my account", "Deny"));
    }

    private Outgoing decide(Incoming request, Map<String, String> asked, String client, String scope) {
        var form = texts(new String(request.body(), StandardCharsets.UTF_8));
        if (!"yes".equals(form.get("answer"))) {
            return back(asked, "error", "access_denied", "The user denied your request");
        }
        var code = new StringBuilder();
        engine.itself(tx -> code.append(Connections.grant(tx, client, scope, asked.get("account"))));
        return back(asked, "code", code.toString(), scope);
    }

    private static Outgoing back(Map<String, String> asked, String kind, String value, String detail) {
        var query = new LinkedHashMap<String, String>();
        query.put(kind, value);
        query.put(kind.equals("code") ? "scope" : "error_description", detail);
        if (asked.containsKey("state")) {
            query.put("state", asked.get("state"));
        }
        var url = new StringBuilder(asked.getOrDefault("redirect_uri", ""));
        query.forEach((name, text) -> url.append(url.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(text, StandardCharsets.UTF_8)));
        return Html.redirect(url.toString());
    }

    private static Map<String, String> texts(String form) {
        var texts = new LinkedHashMap<String, String>();
        Form.parse(form).forEach((name, value) -> {
            if (value instanceof String text) {
                texts.put(name, text);
            }
        });
        return texts;
    }
}
