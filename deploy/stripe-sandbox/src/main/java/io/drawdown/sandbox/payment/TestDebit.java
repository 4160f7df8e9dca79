package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Stripe's test bank accounts: whether a debit succeeds is known later. */
enum TestDebit implements Instrument {
    ACH("pm_usBankAccount_success", "000123456789", new PaymentOutcome.SucceedsLater()),
    ACH_CLOSED("pm_usBankAccount_accountClosed", "000111111113", fails("account_closed")),
    ACH_NO_ACCOUNT("pm_usBankAccount_noAccount", "000111111116", fails("no_account")),
    ACH_INSUFFICIENT_FUNDS("pm_usBankAccount_insufficientFunds", "000222222227", fails("insufficient_funds")),
    ACH_NOT_AUTHORIZED("pm_usBankAccount_debitNotAuthorized", "000333333335", fails("debit_not_authorized")),
    ACH_PROCESSING("pm_usBankAccount_processing", "000000000009", new PaymentOutcome.NeverEnds()),
    SEPA("pm_success_de", "DE89370400440532013000", new PaymentOutcome.SucceedsLater()),
    SEPA_FAILS("pm_failed_de", "DE62370400440532013001", fails("insufficient_funds"));

    private final String token;
    private final String number;
    private final PaymentOutcome.Later later;

    TestDebit(String token, String number, PaymentOutcome.Later later) {
        this.token = token;
        this.number = number;
        this.later = later;
    }

    private static PaymentOutcome.Later fails(String code) {
        return new PaymentOutcome.FailsLater(new PaymentOutcome.Declined(
                code, code, "The bank returned the debit (" + code.replace('_', ' ') + ")."));
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
        return token.startsWith("pm_usBank") ? "us_bank_account" : "sepa_debit";
    }

    @Override
    public PaymentOutcome outcome() {
        return new PaymentOutcome.Processing(later);
    }

    @Override
    public boolean attaches() {
        return true;
    }

    @Override
    public Authentication authentication() {
        return Authentication.NEVER;
    }

    @Override
    public Aftermath aftermath() {
        return Aftermath.NOTHING;
    }

    /** The currency of its country; a bank debit is made in no other. */
    String currency() {
        return type().equals("sepa_debit") ? "eur" : "usd";
    }

    @Override
    public ObjectNode details() {
        var details = Json.object()
                .put("fingerprint", "Sandbox" + number.substring(number.length() - 9))
                .put("last4", number.substring(number.length() - 4));
        if (type().equals("sepa_debit")) {
            return details.put("bank_code", number.substring(4, 12)).put("country", number.substring(0, 2));
        }
        details.put("account_holder_type", "individual")
                .put("account_type", "checking")
                .put("bank_name", "STRIPE TEST BANK")
                .put("routing_number", "110000000");
        details.putObject("networks")
                .put("preferred", "ach")
                .putArray("supported")
                .add("ach");
        return details;
    }
}
