package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.json.Json;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Why payments are declined, with what Stripe and the network say about each reason. */
enum Declines {
    GENERIC("generic_decline", "card_declined", "01", "Your card was declined."),
    DO_NOT_HONOR("do_not_honor", "card_declined", "05", "Your card was declined."),
    INSUFFICIENT_FUNDS("insufficient_funds", "card_declined", "51", "Your card has insufficient funds."),
    LOST("lost_card", "card_declined", "41", "Your card was declined."),
    STOLEN("stolen_card", "card_declined", "43", "Your card was declined."),
    PICKUP("pickup_card", "card_declined", "04", "Your card was declined."),
    FRAUDULENT("fraudulent", "card_declined", "59", "Your card was declined."),
    VELOCITY(
            "card_velocity_exceeded",
            "card_declined",
            "65",
            "Your card was declined for making repeated attempts too frequently or exceeding its amount limit."),
    NOT_SUPPORTED("card_not_supported", "card_declined", "57", "Your card is not supported."),
    NOT_PERMITTED(
            "transaction_not_allowed", "card_declined", "57", "Your card does not support this type of purchase."),
    TRY_LATER("try_again_later", "card_declined", "91", "Your card was declined."),
    TEST_MODE(
            "test_mode_live_card",
            "card_declined",
            "",
            "Your card was declined. Your request was in test mode, but used a non test card."),
    EXPIRED("expired_card", "expired_card", "54", "Your card has expired."),
    INCORRECT_CVC("incorrect_cvc", "incorrect_cvc", "N7", "Your card's security code is incorrect."),
    PROCESSING_ERROR(
            "processing_error",
            "processing_error",
            "96",
            "An error occurred while processing your card. Try again in a little bit."),
    AUTHENTICATION_REQUIRED(
            "authentication_required",
            "authentication_required",
            "1A",
            "Your card was declined. This transaction requires authentication.");

    private final String declineCode;
    private final String code;
    private final String networkCode;
    private final String message;

    Declines(String declineCode, String code, String networkCode, String message) {
        this.declineCode = declineCode;
        this.code = code;
        this.networkCode = networkCode;
        this.message = message;
    }

    PaymentOutcome.Declined outcome() {
        return new PaymentOutcome.Declined(code, declineCode, message);
    }

    static Optional<Declines> byCode(String declineCode) {
        return Arrays.stream(values())
                .filter(decline -> decline.declineCode.equals(declineCode))
                .findFirst();
    }

    /** The content of {@code error} and of {@code last_payment_error}. */
    static ObjectNode error(PaymentOutcome.Declined declined) {
        var error = Json.object()
                .put("advice_code", advice(declined.declineCode()))
                .put("code", declined.code())
                .put("decline_code", declined.declineCode())
                .put("doc_url", docUrl(declined.code()))
                .put("message", declined.message());
        var network = networkCode(declined.declineCode());
        if (!network.isEmpty()) {
            error.put("network_decline_code", network);
        }
        return error.put("type", "card_error");
    }

    private static String docUrl(String code) {
        return "https://stripe.com/docs/error-codes/" + code.replace('_', '-');
    }

    /** What Stripe advises to do about it. */
    static String advice(String declineCode) {
        return switch (declineCode) {
            case "lost_card", "stolen_card", "pickup_card", "fraudulent" -> "do_not_try_again";
            case "expired_card", "incorrect_cvc" -> "confirm_card_data";
            default -> "try_again_later";
        };
    }

    /** The network's own code for the reason; empty when it was not asked. */
    static String networkCode(String declineCode) {
        return byCode(declineCode).map(decline -> decline.networkCode).orElse("");
    }

    /** An invoice's payment waits for its customer. */
    static ObjectNode invoiceActionRequired() {
        var code = "invoice_payment_intent_requires_action";
        return Json.object()
                .put("code", code)
                .put("decline_code", "authentication_required")
                .put("doc_url", docUrl(code))
                .put(
                        "message",
                        "Payment for this invoice requires additional user action before it can be completed successfully.")
                .put("type", "card_error");
    }

    /** The customer did not pass the authentication. */
    static ObjectNode authenticationFailed(String code) {
        return Json.object()
                .put("code", code)
                .put("doc_url", docUrl(code))
                .put(
                        "message",
                        "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a "
                                + "new PaymentMethod to attempt to fulfill this PaymentIntent again.")
                .put("type", "invalid_request_error");
    }
}
