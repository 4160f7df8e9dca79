package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Stripe's test cards: the token, the number, and what the card does. */
enum TestCard implements Instrument {
    VISA("pm_card_visa", "4242424242424242", "visa"),
    VISA_DEBIT("pm_card_visa_debit", "4000056655665556", "visa"),
    MASTERCARD("pm_card_mastercard", "5555555555554444", "mastercard"),
    MASTERCARD_DEBIT("pm_card_mastercard_debit", "5200828282828210", "mastercard"),
    MASTERCARD_PREPAID("pm_card_mastercard_prepaid", "5105105105105100", "mastercard"),
    AMEX("pm_card_amex", "378282246310005", "amex"),
    DISCOVER("pm_card_discover", "6011111111111117", "discover"),
    DINERS("pm_card_diners", "3056930009020004", "diners"),
    JCB("pm_card_jcb", "3566002020360505", "jcb"),
    UNIONPAY("pm_card_unionpay", "6200000000000005", "unionpay"),
    DECLINED("pm_card_visa_chargeDeclined", "4000000000000002", Declines.GENERIC),
    INSUFFICIENT_FUNDS("pm_card_visa_chargeDeclinedInsufficientFunds", "4000000000009995", Declines.INSUFFICIENT_FUNDS),
    LOST("pm_card_visa_chargeDeclinedLostCard", "4000000000009987", Declines.LOST),
    STOLEN("pm_card_visa_chargeDeclinedStolenCard", "4000000000009979", Declines.STOLEN),
    EXPIRED("pm_card_chargeDeclinedExpiredCard", "4000000000000069", Declines.EXPIRED),
    INCORRECT_CVC("pm_card_chargeDeclinedIncorrectCvc", "4000000000000127", Declines.INCORRECT_CVC),
    PROCESSING_ERROR("pm_card_chargeDeclinedProcessingError", "4000000000000119", Declines.PROCESSING_ERROR),
    VELOCITY("pm_card_visa_chargeDeclinedVelocityLimitExceeded", "4000000000006975", Declines.VELOCITY),
    CHARGE_FAILS_LATER("pm_card_chargeCustomerFail", "4000000000000341", Declines.GENERIC, Authentication.NEVER),
    FRAUDULENT("pm_card_radarBlock", "4100000000000019", Declines.FRAUDULENT, Authentication.NEVER),
    AUTHENTICATION_REQUIRED("pm_card_authenticationRequired", "4000002760003184", Authentication.ALWAYS),
    AUTHENTICATION_UNLESS_SET_UP(
            "pm_card_authenticationRequiredOnSetup", "4000002500003155", Authentication.UNLESS_SET_UP),
    AUTHENTICATION_ON_SESSION(
            "pm_card_authenticationRequiredSetupForOffSession", "4000003800000446", Authentication.ON_SESSION),
    AUTHENTICATED_WITHOUT_FUNDS(
            "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds",
            "4000008260003178",
            Declines.INSUFFICIENT_FUNDS,
            Authentication.ALWAYS),
    THREE_D_SECURE("pm_card_threeDSecureRequired", "4000000000003063", Authentication.ALWAYS),
    THREE_D_SECURE_2("pm_card_threeDSecure2Required", "4000000000003220", Authentication.ALWAYS),
    THREE_D_SECURE_DECLINED(
            "pm_card_threeDSecureRequiredChargeDeclined", "4000008400001629", Declines.GENERIC, Authentication.ALWAYS),
    THREE_D_SECURE_OPTIONAL("pm_card_threeDSecureOptional", "4000000000003055", "visa"),
    DISPUTED("pm_card_createDispute", "4000000000000259", Aftermath.DISPUTE_FRAUDULENT),
    DISPUTED_NOT_RECEIVED(
            "pm_card_createDisputeProductNotReceived", "4000000000002685", Aftermath.DISPUTE_NOT_RECEIVED),
    DISPUTED_BY_INQUIRY("pm_card_createDisputeInquiry", "4000000000001976", Aftermath.INQUIRY),
    REFUNDS_PENDING("pm_card_pendingRefund", "4000000000007726", Aftermath.REFUNDS_PENDING),
    REFUNDS_FAIL("pm_card_refundFail", "4000000000005126", Aftermath.REFUNDS_FAIL);

    private static final long EXPIRY_MONTH = 12;
    private static final long EXPIRY_YEAR = 2034;

    private final String token;
    private final String number;
    private final String brand;
    private final PaymentOutcome outcome;
    private final boolean attaches;
    private final Authentication authentication;
    private final Aftermath aftermath;

    /** Pays. */
    TestCard(String token, String number, String brand) {
        this(token, number, brand, new PaymentOutcome.Paid(), true, Authentication.NEVER, Aftermath.NOTHING);
    }

    /** Is declined, even when it is to be saved. */
    TestCard(String token, String number, Declines declines) {
        this(token, number, "visa", declines.outcome(), false, Authentication.NEVER, Aftermath.NOTHING);
    }

    /** Can be saved, and is declined when it is to pay. */
    TestCard(String token, String number, Declines declines, Authentication authentication) {
        this(token, number, "visa", declines.outcome(), true, authentication, Aftermath.NOTHING);
    }

    /** Pays with the customer's help. */
    TestCard(String token, String number, Authentication authentication) {
        this(token, number, "visa", new PaymentOutcome.Paid(), true, authentication, Aftermath.NOTHING);
    }

    /** Pays, and that is not the end of it. */
    TestCard(String token, String number, Aftermath aftermath) {
        this(token, number, "visa", new PaymentOutcome.Paid(), true, Authentication.NEVER, aftermath);
    }

    TestCard(
            String token,
            String number,
            String brand,
            PaymentOutcome outcome,
            boolean attaches,
            Authentication authentication,
            Aftermath aftermath) {
        this.token = token;
        this.number = number;
        this.brand = brand;
        this.outcome = outcome;
        this.attaches = attaches;
        this.authentication = authentication;
        this.aftermath = aftermath;
    }

    @Override
    public String token() {
        return token;
    }

    @Override
    public String number() {
        return number;
    }

    @Override
    public String type() {
        return "card";
    }

    @Override
    public PaymentOutcome outcome() {
        return outcome;
    }

    @Override
    public boolean attaches() {
        return attaches;
    }

    @Override
    public Authentication authentication() {
        return authentication;
    }

    @Override
    public Aftermath aftermath() {
        return aftermath;
    }

    @Override
    public ObjectNode details() {
        var card = Json.object()
                .put("brand", brand)
                .put("country", "US")
                .put("display_brand", brand)
                .put("exp_month", EXPIRY_MONTH)
                .put("exp_year", EXPIRY_YEAR)
                .put("fingerprint", "Sandbox" + number.substring(number.length() - 9))
                .put("funding", token.endsWith("debit") ? "debit" : token.endsWith("prepaid") ? "prepaid" : "credit")
                .put("last4", number.substring(number.length() - 4))
                .put("regulated_status", "unregulated");
        card.putObject("checks").put("cvc_check", "pass");
        var networks = card.putObject("networks");
        networks.putArray("available").add(brand);
        card.putObject("three_d_secure_usage").put("supported", !brand.equals("amex"));
        return card;
    }
}
