package io.drawdown.sandbox.browser;

import io.drawdown.sandbox.api.Form;
import io.drawdown.sandbox.engine.Engine;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.http.Incoming;
import io.drawdown.sandbox.http.Outgoing;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.payment.Authentications;
import io.drawdown.sandbox.payment.PaymentIntents;
import io.drawdown.sandbox.payment.SetupIntents;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Where a bank asks its customer whether it is he who pays (3D Secure). The client secret in the query lets him in. */
public final class AuthenticationPage {

    /** What the paths begin with; the intent's id follows. */
    public static final String PREFIX = "/_sandbox/authenticate/";

    private final Engine engine;
    private final Authentications authentications;

    public AuthenticationPage(Engine engine, Authentications authentications) {
        this.engine = engine;
        this.authentications = authentications;
    }

    /** The page, or the way back after the customer's answer. */
    public Outgoing answer(Incoming request) {
        var id = request.path().substring(PREFIX.length());
        var secret = Form.parse(String.valueOf(request.query())).get("client_secret");
        var found = find(id);
        var intent = found == null ? null : found.intent();
        if (found == null
                || intent == null
                || !Json.need(intent, "client_secret").equals(secret)) {
            return Html.page(
                    404, "Nothing to authenticate", "<p>There is no such payment, or the link is not whole.</p>");
        }
        if (!"requires_action".equals(Json.string(intent, "status"))) {
            return Html.page(
                    400,
                    "Nothing to authenticate",
                    "<p>It is " + Html.escape(Json.need(intent, "status")) + " already.</p>");
        }
        return request.method().equals("POST") ? complete(request, found) : ask(request, intent);
    }

    /** An intent and whose it is. */
    private record Found(String account, ObjectNode intent) {}

    private @Nullable Found find(String id) {
        var found = new ArrayList<Found>();
        engine.everywhere(tx -> {
            var intent = find(tx, id);
            if (intent != null) {
                found.add(new Found(tx.work().account(), intent));
            }
        });
        return found.isEmpty() ? null : found.getFirst();
    }

    private static @Nullable ObjectNode find(Transaction tx, String id) {
        var payment = tx.find(PaymentIntents.TYPE, id);
        return payment == null ? tx.find(SetupIntents.TYPE, id) : payment;
    }

    private static Outgoing ask(Incoming request, ObjectNode intent) {
        var amount = Json.string(intent, "amount");
        var what = amount == null
                ? "Your bank asks whether this card may be saved."
                : "Your bank asks whether you pay " + amount + " in the minor unit of " + Json.need(intent, "currency")
                        + ".";
        return Html.page(
                200,
                "3D Secure (test)",
                "<p>" + Html.escape(what) + "</p>"
                        + Html.choice(request.path() + "?" + request.query(), Map.of(), "Complete", "Fail"));
    }

    private Outgoing complete(Incoming request, Found found) {
        var intent = found.intent();
        var form = Form.parse(new String(request.body(), StandardCharsets.UTF_8));
        boolean passed = "yes".equals(form.get("answer"));
        engine.itself(found.account(), tx -> authentications.complete(tx, Json.need(intent, "id"), passed));
        var back = Json.string(intent, "next_action.redirect_to_url.return_url");
        return back == null
                ? Html.page(200, passed ? "Authenticated" : "Not authenticated", "<p>You can close this page.</p>")
                : Html.redirect(back + (back.contains("?") ? "&" : "?") + wayBack(intent, passed));
    }

    private static String wayBack(ObjectNode intent, boolean passed) {
        var object = Json.need(intent, "object");
        return object + "=" + encode(Json.need(intent, "id")) + "&" + object + "_client_secret="
                + encode(Json.need(intent, "client_secret")) + "&redirect_status=" + (passed ? "succeeded" : "failed");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
