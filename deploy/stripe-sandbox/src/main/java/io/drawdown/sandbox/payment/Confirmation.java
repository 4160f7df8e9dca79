package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.payment.Charging.Session;
import tools.jackson.databind.node.ObjectNode;

/** Choosing what a payment intent is paid with, and trying it. */
final class Confirmation {

    private final Charging charging;

    Confirmation(Charging charging) {
        this.charging = charging;
    }

    /** Takes the payment method that the call names or describes, if it does. */
    void choose(Call call, ObjectNode intent) {
        var method = named(call, Json.string(intent, "customer"));
        if (method == null) {
            return;
        }
        IntentTerms.refuseOtherTypes(intent, method);
        intent.put("payment_method", Json.need(method, "id"));
        if (!"requires_action".equals(Json.string(intent, "status"))) {
            intent.put("status", "requires_confirmation");
        }
    }

    static @org.jspecify.annotations.Nullable ObjectNode named(
            Call call, @org.jspecify.annotations.Nullable String customer) {
        var id = call.text("payment_method");
        var data = call.params().get("payment_method_data");
        if (id != null && data != null) {
            throw ApiException.exclusive("payment_method", "payment_method_data");
        }
        if (data instanceof ObjectNode described) {
            return described(call, described);
        }
        if (id == null) {
            return null;
        }
        var method = PaymentMethods.resolve(call.tx(), id, "payment_method");
        SavedMethods.refuseUnlessUsable(method, customer, "payment_method");
        return method;
    }

    private static ObjectNode described(Call call, ObjectNode data) {
        var method = NewPaymentMethod.from(call.tx(), data, "payment_method_data", call.operation());
        for (String field : new String[] {"billing_details", "allow_redisplay", "metadata"}) {
            if (data.get(field) instanceof tools.jackson.databind.JsonNode given && !given.isNull()) {
                method.set(field, given.deepCopy());
            }
        }
        return call.tx().create(PaymentMethods.TYPE, method, null);
    }

    /** Tries to take the money; a decline is a 402 that leaves its traces. */
    ObjectNode confirm(Call call, ObjectNode intent) {
        var tx = call.tx();
        var method = methodOf(tx, intent);
        refuseWithoutWayBack(call, intent);
        var back = call.text("return_url");
        if (back != null) {
            intent.put(Authentications.RETURN_URL, back);
        }
        return switch (charging.collect(tx, intent, method, session(call))) {
            case Charging.Result.Paid _, Charging.Result.Processing _, Charging.Result.ActionRequired _ -> intent;
            case Charging.Result.Declined(var error) -> throw ApiException.card(error);
        };
    }

    private static ObjectNode methodOf(Transaction tx, ObjectNode intent) {
        var id = Json.string(intent, "payment_method");
        if (id == null) {
            throw IntentTerms.unexpected(
                    intent,
                    "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update "
                            + "the PaymentIntent with a payment method and then confirm it again, or confirm it again "
                            + "directly with a payment method or ConfirmationToken.");
        }
        var method = tx.require(PaymentMethods.TYPE, id, "payment_method");
        SavedMethods.refuseUnlessUsable(method, Json.string(intent, "customer"), "payment_method");
        return method;
    }

    /** With automatic payment methods the customer may be sent away, so that there must be a way back. */
    private static void refuseWithoutWayBack(Call call, ObjectNode intent) {
        if ("always".equals(Json.string(intent, "automatic_payment_methods.allow_redirects"))
                && call.text("return_url") == null
                && !Json.flag(call.params(), "use_stripe_sdk")) {
            throw ApiException.invalid(
                    null,
                    "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of "
                            + "these payment methods might redirect your customer off of your page, you must provide a "
                            + "`return_url`. If you don't want to accept redirect-based payment methods, set "
                            + "`automatic_payment_methods[enabled]` to `true` and "
                            + "`automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and "
                            + "Payment Intents.",
                    "return_url");
        }
    }

    private static Session session(Call call) {
        var off = call.text("off_session");
        if (off != null && !off.equals("false")) {
            return Session.ABSENT;
        }
        return Json.flag(call.params(), "error_on_requires_action") ? Session.PRESENT_UNASKED : Session.PRESENT;
    }
}
