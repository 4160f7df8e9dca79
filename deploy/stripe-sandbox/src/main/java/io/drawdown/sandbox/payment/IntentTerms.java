package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Call;
import io.drawdown.sandbox.engine.Rendering;
import io.drawdown.sandbox.json.Json;
import io.drawdown.sandbox.money.Limits;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a payment or setup intent may be about, and which states permit what. */
final class IntentTerms {

    private static final Set<String> OPEN =
            Set.of("requires_payment_method", "requires_confirmation", "requires_action");
    private static final Set<String> TYPES = Set.of("card", "us_bank_account", "sepa_debit");

    private IntentTerms() {}

    static void refuseAmount(ObjectNode intent) {
        long amount = Json.number(intent, "amount", 0);
        var currency = Json.need(intent, "currency");
        if (amount < 1) {
            throw ApiException.malformed(
                    "parameter_invalid_integer", "This value must be greater than or equal to 1.", "amount");
        }
        if (amount < Limits.minimumCharge(currency)) {
            throw ApiException.invalid(
                    "amount_too_small",
                    "Amount must be at least " + Limits.minimumCharge(currency) + " in the minor unit of " + currency
                            + ".",
                    "amount");
        }
        if (amount > Limits.MAXIMUM_CHARGE) {
            throw ApiException.invalid(
                    "amount_too_large", "Amount must be no more than " + Limits.MAXIMUM_CHARGE + ".", "amount");
        }
    }

    /** Which types of payment method may be used: those listed, or all that the currency has. */
    static void writeMethods(Call call, ObjectNode intent) {
        var listed = Json.list(call.params(), "payment_method_types");
        boolean automatic = Json.flag(call.params(), "automatic_payment_methods.enabled");
        if (!listed.isEmpty() && automatic) {
            throw ApiException.exclusive("payment_method_types", "automatic_payment_methods");
        }
        listed.forEach(type -> {
            if (!TYPES.contains(type.asString())) {
                throw ApiException.notCovered("payment_method_types=" + type.asString(), call.operation());
            }
        });
        intent.set("payment_method_types", listed.isEmpty() ? typesFor(intent) : listed);
        if (listed.isEmpty()) {
            var redirects = Json.string(call.params(), "automatic_payment_methods.allow_redirects");
            intent.putObject("automatic_payment_methods")
                    .put("allow_redirects", redirects == null ? "always" : redirects)
                    .put("enabled", true);
        } else {
            intent.putNull("automatic_payment_methods");
        }
    }

    private static ArrayNode typesFor(ObjectNode intent) {
        var types = Json.array().add("card");
        switch (String.valueOf(Json.string(intent, "currency"))) {
            case "usd" -> types.add("us_bank_account");
            case "eur" -> types.add("sepa_debit");
            case "null" -> types.add("us_bank_account").add("sepa_debit");
            default -> {}
        }
        return types;
    }

    /** Of the options per type only the wish for 3D Secure is covered. */
    static void writeOptions(Call call, ObjectNode intent) {
        var options = call.params().path("payment_method_options");
        options.properties()
                .forEach(type -> type.getValue().propertyNames().stream()
                        .filter(name -> !type.getKey().equals("card") || !name.equals("request_three_d_secure"))
                        .forEach(name -> {
                            throw ApiException.notCovered(
                                    "payment_method_options[" + type.getKey() + "][" + name + "]", call.operation());
                        }));
        var wish = Json.string(options, "card.request_three_d_secure");
        if (wish != null) {
            Json.child(intent, "payment_method_options.card").put("request_three_d_secure", wish);
        }
    }

    static void refuseWithoutConfirmation(Call call, boolean confirms) {
        for (String param : List.of("off_session", "error_on_requires_action", "return_url", "mandate_data")) {
            if (!confirms && call.params().has(param)) {
                throw ApiException.invalid(
                        null, "You cannot set `" + param + "` without setting `confirm` to true.", param);
            }
        }
    }

    static void refuseUnlessOpen(ObjectNode intent, String what) {
        var status = Json.need(intent, "status");
        if (!OPEN.contains(status)) {
            throw unexpected(
                    intent,
                    "This " + label(intent) + " " + what + " because it has a status of " + status
                            + ". It must have one of the following statuses: requires_payment_method, "
                            + "requires_confirmation, requires_action.");
        }
    }

    private static String label(ObjectNode intent) {
        return isSetup(intent) ? "SetupIntent" : "PaymentIntent";
    }

    private static boolean isSetup(ObjectNode intent) {
        return "setup_intent".equals(Json.string(intent, "object"));
    }

    /** The refusal that shows the intent as it is. */
    static ApiException unexpected(ObjectNode intent, String message) {
        var object = isSetup(intent) ? "setup_intent" : "payment_intent";
        return ApiException.invalid(object + "_unexpected_state", message, null)
                .showing(object, Rendering.served(intent.deepCopy()));
    }

    /** Refuses a method of a type that the intent does not take, or that is made in another currency. */
    static void refuseOtherTypes(ObjectNode intent, ObjectNode method) {
        var type = Json.need(method, "type");
        boolean listed = Json.list(intent, "payment_method_types")
                .valueStream()
                .anyMatch(permitted -> permitted.asString().equals(type));
        if (!listed) {
            throw ApiException.invalid(
                    null,
                    "The PaymentMethod provided (" + type + ") is not allowed for this " + label(intent)
                            + ". Please provide one of its payment_method_types.",
                    "payment_method");
        }
        var currency = Json.string(intent, "currency");
        if (currency != null
                && Instrument.of(method) instanceof TestDebit debit
                && !debit.currency().equals(currency)) {
            throw ApiException.invalid(
                    "payment_method_currency_mismatch",
                    "The currency provided (" + currency + ") is invalid for the payment method type " + type + ".",
                    "payment_method");
        }
    }
}
