package io.drawdown.billing.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The intent to charge for one top-up: stored before Stripe is asked, and the origin of every idempotency key.
 *
 * @param replenishmentId the wallet's identity of the request
 * @param customerId who pays; known from stage PLANNED on
 * @param line what is charged; fixed from stage PLANNED on
 * @param keyGeneration rises when an answer that Stripe only repeats makes a key useless
 * @param failure why it is not paid: given up, failed, or waiting for somebody
 * @param customerWait that it waits, or has waited, for the customer
 */
public record Replenishment(
        String replenishmentId,
        String walletId,
        String accountId,
        Money amount,
        Stage stage,
        @Nullable String customerId,
        @Nullable ChargeLine line,
        @Nullable String invoiceId,
        @Nullable String paymentId,
        int keyGeneration,
        @Nullable Failure failure,
        @Nullable CustomerWait customerWait,
        Instant requestedAt) {

    /** Under this key of its metadata the invoice in Stripe bears the replenishment's id. */
    public static final String METADATA_KEY = "drawdown_replenishment_id";

    public static Replenishment requested(
            String replenishmentId, String walletId, String accountId, Money amount, Instant at) {
        return new Replenishment(
                replenishmentId,
                walletId,
                accountId,
                amount,
                Stage.REQUESTED,
                null,
                null,
                null,
                null,
                0,
                null,
                null,
                at);
    }

    /** Fixes who pays and for what. */
    public Replenishment planned(String payingCustomer, ChargeLine chosen) {
        return new Replenishment(
                replenishmentId,
                walletId,
                accountId,
                amount,
                Stage.PLANNED,
                payingCustomer,
                chosen,
                invoiceId,
                paymentId,
                keyGeneration,
                failure,
                customerWait,
                requestedAt);
    }

    /** Follows what the invoice shows, where that is known; a replenishment that is given up stays so. */
    public Replenishment seen(ChargeInvoice invoice) {
        return copy(
                isGivenUp() || invoice.status() == InvoiceStatus.UNKNOWN ? stage : stageOf(invoice),
                line,
                invoice.invoiceId(),
                invoice.paymentId(),
                keyGeneration,
                failure,
                customerWait);
    }

    /** Its line was accepted, whether or not the invoice shows it yet. */
    public Replenishment itemized() {
        return copy(Stage.ITEMIZED, line, invoiceId, paymentId, keyGeneration, failure, customerWait);
    }

    /** Charges the bare amount from now on, because the price can no longer be sold. */
    public Replenishment withoutPrice() {
        return copy(stage, ChargeLine.BARE_AMOUNT, invoiceId, paymentId, keyGeneration + 1, failure, customerWait);
    }

    /** Leaves a key behind that will only repeat a stored answer. */
    public Replenishment withFreshKeys() {
        return copy(stage, line, invoiceId, paymentId, keyGeneration + 1, failure, customerWait);
    }

    public Replenishment givenUp(Failure because) {
        return copy(Stage.VOIDING, line, invoiceId, paymentId, keyGeneration, because, customerWait);
    }

    public Replenishment failed(Failure because) {
        return copy(Stage.FAILED, line, invoiceId, paymentId, keyGeneration, because, customerWait);
    }

    public Replenishment paid() {
        return copy(Stage.PAID, line, invoiceId, paymentId, keyGeneration, null, customerWait);
    }

    public Replenishment awaitingPayment() {
        return copy(Stage.PROCESSING, line, invoiceId, paymentId, keyGeneration, failure, customerWait);
    }

    /** Waits for the customer; the time began when it first did. */
    public Replenishment awaitingCustomer(Failure because, CustomerWait wait) {
        var began = customerWait == null ? wait : customerWait;
        return copy(Stage.AWAITING_CUSTOMER, line, invoiceId, paymentId, keyGeneration, because, began);
    }

    public Replenishment partlyPaid(Failure because) {
        return copy(Stage.PARTLY_PAID, line, invoiceId, paymentId, keyGeneration, because, customerWait);
    }

    public boolean isGivenUp() {
        return stage == Stage.VOIDING;
    }

    /** Whether its invoice has been seen as more than a draft; a draft has no payment. */
    public boolean isBeyondDraft() {
        return switch (stage) {
            case REQUESTED, PLANNED, INVOICED, ITEMIZED, VOIDING -> paymentId != null;
            case FINALIZED, PROCESSING, AWAITING_CUSTOMER, PARTLY_PAID, PAID, FAILED, UNKNOWN -> true;
        };
    }

    /** The idempotency key of a step: equal for every try of it, whichever process tries. */
    public String key(String step) {
        var base = "replenishment:" + replenishmentId + ":" + step;
        return keyGeneration == 0 ? base : base + ":" + keyGeneration;
    }

    Failure failureOr(String detail) {
        return failure == null ? new Failure(FailureReason.REJECTED, null, detail) : failure;
    }

    private static Stage stageOf(ChargeInvoice invoice) {
        if (invoice.status() == InvoiceStatus.DRAFT) {
            return invoice.hasLines() ? Stage.ITEMIZED : Stage.INVOICED;
        }
        return Stage.FINALIZED;
    }

    private Replenishment copy(
            Stage newStage,
            @Nullable ChargeLine newLine,
            @Nullable String newInvoiceId,
            @Nullable String newPaymentId,
            int newKeyGeneration,
            @Nullable Failure newFailure,
            @Nullable CustomerWait newCustomerWait) {
        return new Replenishment(
                replenishmentId,
                walletId,
                accountId,
                amount,
                newStage,
                customerId,
                newLine,
                newInvoiceId,
                newPaymentId,
                newKeyGeneration,
                newFailure,
                newCustomerWait,
                requestedAt);
    }
}
