package io.drawdown.sandbox.payment;

import io.drawdown.sandbox.json.Json;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** What stands behind a payment method of test mode: it decides what comes of using it. */
sealed interface Instrument permits TestCard, TestDebit {

    /** Own field of payment methods: the instrument's {@link #name()}. */
    String FIELD = "_instrument";

    String name();

    /** As in {@code pm_card_visa}. */
    String token();

    /** The account or card number that makes the same. */
    String number();

    /** {@code card}, {@code us_bank_account} or {@code sepa_debit}. */
    String type();

    /** What comes of each payment, once the customer is known to agree. */
    PaymentOutcome outcome();

    /** Whether the issuer, who is asked, lets it be saved for a customer. */
    boolean attaches();

    Authentication authentication();

    /** What comes after a payment that succeeded. */
    Aftermath aftermath();

    /** The object of a payment method that is named like its type; the fields that stay null are added by the template. */
    ObjectNode details();

    /** The instrument behind a payment method. */
    static Instrument of(ObjectNode method) {
        var name = Json.need(method, FIELD);
        return find(instrument -> instrument.name().equals(name)).orElseThrow();
    }

    /** The instrument behind a token. */
    static Optional<Instrument> byToken(String token) {
        return find(instrument -> instrument.token().equals(token));
    }

    /** The instrument with a number, of a type. */
    static Optional<Instrument> byNumber(String type, String number) {
        var digits = number.replaceAll("[ -]", "");
        return find(instrument ->
                instrument.type().equals(type) && instrument.number().equals(digits));
    }

    private static Optional<Instrument> find(Predicate<Instrument> wanted) {
        return Stream.<Instrument>concat(Arrays.stream(TestCard.values()), Arrays.stream(TestDebit.values()))
                .filter(wanted)
                .findFirst();
    }
}
