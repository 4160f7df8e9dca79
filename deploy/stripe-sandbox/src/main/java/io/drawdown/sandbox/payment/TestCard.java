package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.json.Json;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Stripe's test cards: the token, the number, and what the card does. */
public enum TestCard {
    VISA("pm_card_visa", "4242424242424242", "visa", new CardOutcome.Paid()),
    MASTERCARD("pm_card_mastercard", "5555555555554444", "mastercard", new CardOutcome.Paid()),
    AMEX("pm_card_amex", "378282246310005", "amex", new CardOutcome.Paid()),
    DECLINED("pm_card_visa_chargeDeclined", "4000000000000002", "visa", declined("generic_decline")),
    INSUFFICIENT_FUNDS(
            "pm_card_visa_chargeDeclinedInsufficientFunds",
            "4000000000009995",
            "visa",
            new CardOutcome.Declined("card_declined", "insufficient_funds", "Your card has insufficient funds.")),
    LOST("pm_card_visa_chargeDeclinedLostCard", "4000000000009987", "visa", declined("lost_card")),
    STOLEN("pm_card_visa_chargeDeclinedStolenCard", "4000000000009979", "visa", declined("stolen_card")),
    EXPIRED(
            "pm_card_chargeDeclinedExpiredCard",
            "4000000000000069",
            "visa",
            new CardOutcome.Declined("expired_card", "expired_card", "Your card has expired.")),
    INCORRECT_CVC(
            "pm_card_chargeDeclinedIncorrectCvc",
            "4000000000000127",
            "visa",
            new CardOutcome.Declined("incorrect_cvc", "incorrect_cvc", "Your card's security code is incorrect.")),
    PROCESSING_ERROR(
            "pm_card_chargeDeclinedProcessingError",
            "4000000000000119",
            "visa",
            new CardOutcome.Declined(
                    "processing_error",
                    "processing_error",
                    "An error occurred while processing your card. Try again in a little bit.")),
    CHARGE_FAILS_LATER("pm_card_chargeCustomerFail", "4000000000000341", "visa", declined("generic_decline")),
    AUTHENTICATION_REQUIRED(
            "pm_card_authenticationRequired", "4000002760003184", "visa", new CardOutcome.ActionRequired()),
    THREE_D_SECURE_2("pm_card_threeDSecure2Required", "4000000000003220", "visa", new CardOutcome.ActionRequired()),
    DISPUTED("pm_card_createDispute", "4000000000000259", Aftermath.DISPUTE_FRAUDULENT),
    DISPUTED_NOT_RECEIVED(
            "pm_card_createDisputeProductNotReceived", "4000000000002685", Aftermath.DISPUTE_NOT_RECEIVED),
    DISPUTED_BY_INQUIRY("pm_card_createDisputeInquiry", "4000000000001976", Aftermath.INQUIRY),
    REFUNDS_PENDING("pm_card_pendingRefund", "4000000000007726", Aftermath.REFUNDS_PENDING),
    REFUNDS_FAIL("pm_card_refundFail", "4000000000005126", Aftermath.REFUNDS_FAIL);

    private final String token;
    private final String number;
    private final String brand;
    private final CardOutcome outcome;
    private final Aftermath aftermath;

    TestCard(String token, String number, String brand, CardOutcome outcome) {
        this(token, number, brand, outcome, Aftermath.NOTHING);
    }

    TestCard(String token, String number, Aftermath aftermath) {
        this(token, number, "visa", new CardOutcome.Paid(), aftermath);
    }

    TestCard(String token, String number, String brand, CardOutcome outcome, Aftermath aftermath) {
        this.token = token;
        this.number = number;
        this.brand = brand;
        this.outcome = outcome;
        this.aftermath = aftermath;
    }

    private static CardOutcome declined(String declineCode) {
        return new CardOutcome.Declined("card_declined", declineCode, "Your card was declined.");
    }

    /** The card behind a token like {@code pm_card_visa}. */
    public static Optional<TestCard> byToken(String token) {
        return Arrays.stream(values()).filter(card -> card.token.equals(token)).findFirst();
    }

    static Optional<TestCard> byNumber(String number) {
        var digits = number.replaceAll("[ -]", "");
        return Arrays.stream(values())
                .filter(card -> card.number.equals(digits))
                .findFirst();
    }

    /** What comes of each charge. */
    public CardOutcome outcome() {
        return outcome;
    }

    /** What comes after a charge that succeeded. */
    Aftermath aftermath() {
        return aftermath;
    }

    /** What comes of attaching the card to a customer, which asks the issuer too. */
    CardOutcome attachment() {
        return outcome instanceof CardOutcome.Declined && this != CHARGE_FAILS_LATER ? outcome : new CardOutcome.Paid();
    }

    /** The {@code card} object of a payment method; the fields that stay null are added by the template. */
    ObjectNode card(long expiryMonth, long expiryYear) {
        var card = Json.object()
                .put("brand", brand)
                .put("country", "US")
                .put("display_brand", brand)
                .put("exp_month", expiryMonth)
                .put("exp_year", expiryYear)
                .put("fingerprint", "Sandbox" + number.substring(number.length() - 9))
                .put("funding", "credit")
                .put("last4", number.substring(number.length() - 4))
                .put("regulated_status", "unregulated");
        card.putObject("checks").put("cvc_check", "pass");
        var networks = card.putObject("networks");
        networks.putArray("available").add(brand);
        card.putObject("three_d_secure_usage").put("supported", true);
        return card;
    }
}
