package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.engine.Rendering;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.payment.Charging.Session;
import tools.jackson.databind.node.ObjectNode;

/** 3D Secure: when a customer must authenticate, what he is told to do, and what comes of it. */
public final class Authentications {

    /** Own field: the payment method whose owner has authenticated. */
    private static final String PASSED = "_authenticated";
    /** Own field: where to go after authenticating. */
    static final String RETURN_URL = "_returnUrl";

    private final Charging charging;
    private final Setup setup;

    public Authentications(Charging charging, Setup setup) {
        this.charging = charging;
        this.setup = setup;
    }

    static boolean required(ObjectNode intent, ObjectNode method, Session session) {
        if (passed(intent, method)) {
            return false;
        }
        boolean offSession = session == Session.ABSENT || session == Session.INVOICE;
        return (!offSession && isWanted(intent, method))
                || Instrument.of(method).authentication().required(offSession, SavedMethods.isSetUp(method));
    }

    /** The request itself may ask for 3D Secure, of cards that have it. */
    private static boolean isWanted(ObjectNode intent, ObjectNode method) {
        var wish = Json.string(intent, "payment_method_options.card.request_three_d_secure");
        return ("any".equals(wish) || "challenge".equals(wish))
                && Json.flag(method, "card.three_d_secure_usage.supported");
    }

    static boolean passed(ObjectNode intent, ObjectNode method) {
        return Json.need(method, "id").equals(Json.string(intent, PASSED));
    }

    /** What the customer has to do: go to a page, by redirect where there is a way back. */
    static ObjectNode nextAction(String baseUrl, ObjectNode intent) {
        var url = baseUrl + "/_sandbox/authenticate/" + Json.need(intent, "id") + "?client_secret="
                + Json.need(intent, "client_secret");
        var back = Json.string(intent, RETURN_URL);
        if (back != null) {
            var action = Json.object().put("type", "redirect_to_url");
            action.putObject("redirect_to_url").put("return_url", back).put("url", url);
            return action;
        }
        var action = Json.object().put("type", "use_stripe_sdk");
        action.putObject("use_stripe_sdk")
                .put("type", "three_d_secure_redirect")
                .put("stripe_js", url);
        return action;
    }

    /**
     * Ends the wait for the customer.
     *
     * @param id of the payment or setup intent
     * @param passed whether he authenticated
     * @return the intent as it is then
     * @throws IllegalArgumentException when there is none, or it waits for nothing
     */
    public ObjectNode complete(Transaction tx, String id, boolean passed) {
        var setupIntent = tx.find(SetupIntents.TYPE, id);
        var intent = setupIntent == null ? tx.find(PaymentIntents.TYPE, id) : setupIntent;
        if (intent == null || !"requires_action".equals(Json.string(intent, "status"))) {
            throw new IllegalArgumentException(id + " does not wait for authentication: it is "
                    + (intent == null ? "not there" : Json.need(intent, "status")));
        }
        if (setupIntent == null) {
            completePayment(tx, intent, passed);
        } else {
            setup.complete(tx, intent, passed);
        }
        return intent;
    }

    private void completePayment(Transaction tx, ObjectNode intent, boolean passed) {
        var method = tx.require(PaymentMethods.TYPE, Json.need(intent, "payment_method"), null);
        if (passed) {
            intent.put(PASSED, Json.need(method, "id"));
            charging.collect(tx, intent, method, Session.PRESENT);
        } else {
            var error = Declines.authenticationFailed("payment_intent_authentication_failure");
            error.set("payment_method", Rendering.served(method.deepCopy()));
            Intents.fail(tx, intent, error, null);
        }
    }
}
