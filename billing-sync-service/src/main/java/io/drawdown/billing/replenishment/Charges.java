package io.drawdown.billing.replenishment;

import io.drawdown.billing.domain.ChargeInvoice;
import io.drawdown.billing.domain.Replenishment;
import java.util.Optional;

/**
 * The steps of a charge in Stripe. Each that changes something carries an idempotency key from the replenishment, and
 * any may throw a {@link io.drawdown.billing.domain.StripeFailure}.
 */
public interface Charges {

    /** Reads an invoice with the state of its payment. */
    Optional<ChargeInvoice> find(String invoiceId);

    /** Looks among the customer's newer invoices for the one whose metadata names the replenishment. */
    Optional<ChargeInvoice> findOf(Replenishment replenishment);

    /** Creates an empty draft that Stripe will not advance by itself. */
    ChargeInvoice createInvoice(Replenishment replenishment);

    /** Puts the one line on the draft. */
    void addLine(Replenishment replenishment, String invoiceId);

    /** Freezes the amounts; no payment is tried yet. */
    ChargeInvoice finalizeInvoice(Replenishment replenishment, String invoiceId);

    /** Charges the customer's default payment method, without the customer present. */
    ChargeInvoice pay(Replenishment replenishment, String invoiceId);

    /** Makes an open invoice unpayable for good. */
    void voidInvoice(Replenishment replenishment, String invoiceId);

    /** Removes a draft. */
    void deleteDraft(String invoiceId);

    /** Whether the customer exists and has a payment method that an invoice can be charged to. */
    PayerState payer(String customerId);

    /** Whether the account of the key has the customer, or had it before it was deleted. */
    boolean knows(String customerId);

    /** What stands in the way of charging a customer. */
    enum PayerState {
        READY,
        WITHOUT_PAYMENT_METHOD,
        GONE
    }
}
