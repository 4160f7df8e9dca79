package io.drawdown.sandbox.payment;

/** What comes of charging a card. */
public sealed interface CardOutcome {

    /** The money moved. */
    record Paid() implements CardOutcome {}

    /**
     * The issuer or the network said no.
     *
     * @param code error code, {@code card_declined} or more specific
     * @param declineCode the issuer's reason
     */
    record Declined(String code, String declineCode, String message) implements CardOutcome {}

    /** The customer must authenticate first. */
    record ActionRequired() implements CardOutcome {}
}
