package io.drawdown.billing.domain;

/** How far a replenishment has come. A stage is stored once what it names has been seen to be so. */
public enum Stage {
    /** Asked for; nothing has been decided. */
    REQUESTED,
    /** Customer and line are chosen, so that every later try sends the same request. */
    PLANNED,
    /** A draft invoice exists. */
    INVOICED,
    /** Its one line is on it. */
    ITEMIZED,
    /** Its amounts are frozen; a payment may have been tried. */
    FINALIZED,
    /** The payment is on its way and Stripe will say later how it ends. */
    PROCESSING,
    /** The bank asks the customer to confirm; the invoice stays open until a deadline. */
    AWAITING_CUSTOMER,
    /** A part of the invoice is paid and the rest is not; money that came in is never voided, so somebody must see to it. */
    PARTLY_PAID,
    /** It cannot be paid; the invoice is being made unpayable. */
    VOIDING,
    /** Stripe says paid. Final. */
    PAID,
    /** It ended without payment and cannot be paid any more. Final. */
    FAILED,
    /** A newer version stored it in a way that this one cannot read; it is left alone. */
    UNKNOWN;

    public boolean isFinal() {
        return this == PAID || this == FAILED;
    }
}
