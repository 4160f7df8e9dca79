package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.api.ApiException;
import io.drawdown.sandbox.engine.Transaction;
import io.drawdown.sandbox.json.Json;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Payment methods in the making: from a test token or from a test number. */
final class NewPaymentMethod {

    private NewPaymentMethod() {}

    /** A method that is not stored yet. */
    static ObjectNode of(Transaction tx, Instrument instrument) {
        var method = Json.object().put("type", instrument.type()).put("allow_redisplay", "unspecified");
        method.put(Instrument.FIELD, instrument.name());
        method.set(instrument.type(), instrument.details());
        method.putObject("metadata");
        return tx.template().complete(PaymentMethods.TYPE.name(), method);
    }

    /**
     * A method from what a request says about it.
     *
     * @param data with {@code type} and an object named like it
     * @param path of the data among the parameters, for messages; empty at the top
     */
    static ObjectNode from(Transaction tx, JsonNode data, String path, String operation) {
        return switch (String.valueOf(Json.string(data, "type"))) {
            case "card" -> card(tx, data, path);
            case "us_bank_account" -> byNumber(tx, data, "us_bank_account", "account_number", path);
            case "sepa_debit" -> byNumber(tx, data, "sepa_debit", "iban", path);
            case "null" -> throw ApiException.missing(at(path, "type"));
            default -> throw ApiException.notCovered("type=" + Json.string(data, "type"), operation);
        };
    }

    private static String at(String path, String name) {
        return path.isEmpty() ? name : path + "[" + name + "]";
    }

    private static ObjectNode card(Transaction tx, JsonNode data, String path) {
        var token = Json.string(data, "card.token");
        if (token != null) {
            return Instrument.byToken(token.replaceFirst("^tok_", "pm_card_"))
                    .map(instrument -> of(tx, instrument))
                    .orElseThrow(() -> ApiException.noSuch("token", token, at(path, "card") + "[token]"));
        }
        var method = byNumber(tx, data, "card", "number", path);
        writeExpiry(tx, Json.child(method, "card"), data);
        refuseBadCvc(Json.string(data, "card.cvc"));
        return method;
    }

    private static ObjectNode byNumber(Transaction tx, JsonNode data, String type, String field, String path) {
        var number = Json.string(data, type + "." + field);
        if (number == null) {
            throw ApiException.missing(at(path, type) + "[" + field + "]");
        }
        return Instrument.byNumber(type, number)
                .map(instrument -> of(tx, instrument))
                .orElseThrow(() -> unknown(type, number));
    }

    private static ApiException unknown(String type, String number) {
        if (!type.equals("card")) {
            return ApiException.invalid("account_number_invalid", "The number is not one of the test accounts.", type);
        }
        if (isLuhn(number.replaceAll("[ -]", ""))) {
            return ApiException.card(Declines.error(Declines.TEST_MODE.outcome()));
        }
        return fault("incorrect_number", "Your card number is incorrect.", "number");
    }

    private static ApiException fault(String code, String message, String param) {
        return ApiException.card(
                Json.object().put("code", code).put("message", message).put("param", param));
    }

    /** The check digit that every card number ends with. */
    private static boolean isLuhn(String digits) {
        if (!digits.matches("\\d{12,19}")) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit : digit * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }

    private static void writeExpiry(Transaction tx, ObjectNode card, JsonNode data) {
        long month = Json.number(data, "card.exp_month", Json.number(card, "exp_month", 0));
        long given = Json.number(data, "card.exp_year", Json.number(card, "exp_year", 0));
        long year = given < 100 ? 2000 + given : given;
        var now = YearMonth.from(Instant.ofEpochSecond(tx.now()).atOffset(ZoneOffset.UTC));
        if (month < 1 || month > 12) {
            throw fault("invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month");
        }
        if (year < now.getYear() || year > now.getYear() + 50) {
            throw fault("invalid_expiry_year", "Your card's expiration year is invalid.", "exp_year");
        }
        if (YearMonth.of((int) year, (int) month).isBefore(now)) {
            throw fault("invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month");
        }
        card.put("exp_month", month).put("exp_year", year);
    }

    private static void refuseBadCvc(@org.jspecify.annotations.Nullable String cvc) {
        if (cvc != null && !cvc.matches("\\d{3,4}")) {
            throw fault("invalid_cvc", "Your card's security code is invalid.", "cvc");
        }
    }
}
