package io.drawdown.sandbox.payment;

/** What comes of trying to take money from a payment method. */
public sealed interface PaymentOutcome {

    /** The money moved. */
    record Paid() implements PaymentOutcome {}

    /**
     * The issuer, the network or Stripe itself said no.
     *
     * @param code error code, {@code card_declined} or more specific
     * @param declineCode the issuer's reason
     */
    record Declined(String code, String declineCode, String message) implements PaymentOutcome {}

    /** Known later, as with bank debits. */
    record Processing(Later later) implements PaymentOutcome {}

    /** The customer must authenticate first, whatever the payment method says. */
    record ActionRequired() implements PaymentOutcome {}

    /** What comes of a payment that takes time. */
    sealed interface Later {}

    /** It succeeds. */
    record SucceedsLater() implements Later {}

    /** It fails. */
    record FailsLater(Declined declined) implements Later {}

    /** It stays in processing for ever; such a payment can be canceled. */
    record NeverEnds() implements Later {}
}
