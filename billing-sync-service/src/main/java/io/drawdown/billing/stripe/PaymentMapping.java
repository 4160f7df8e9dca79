package io.drawdown.billing.stripe;

import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import io.drawdown.billing.domain.ChargeInvoice.PaymentProgress;
import io.drawdown.billing.domain.Failure;
import io.drawdown.billing.domain.FailureReason;
import io.drawdown.billing.domain.MinorUnit;
import io.drawdown.billing.domain.PaymentSnapshot;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From Stripe's payment intent to ours. */
final class PaymentMapping {

    private PaymentMapping() {}

    static PaymentSnapshot toSnapshot(PaymentIntent payment, @Nullable String invoiceId) {
        var error = payment.getLastPaymentError();
        var received = payment.getAmountReceived() == null ? 0 : payment.getAmountReceived();
        return new PaymentSnapshot(
                payment.getId(),
                invoiceId,
                payment.getCustomer(),
                payment.getStatus(),
                MinorUnit.toMajor(payment.getAmount(), payment.getCurrency()),
                MinorUnit.toMajor(received, payment.getCurrency()),
                error == null ? null : error.getCode(),
                error == null ? null : error.getDeclineCode(),
                isReversed(payment.getLatestChargeObject()),
                Instant.ofEpochSecond(payment.getCreated()));
    }

    private static boolean isReversed(@Nullable Charge charge) {
        return charge != null
                && (Boolean.TRUE.equals(charge.getDisputed())
                        || (charge.getAmountRefunded() != null && charge.getAmountRefunded() > 0));
    }

    /** The money may have moved before the invoice shows it, and then a second try or a void would be wrong. */
    static PaymentProgress progressOf(@Nullable PaymentIntent payment) {
        if (payment == null) {
            return new PaymentProgress.Untried();
        }
        return switch (payment.getStatus()) {
            case "processing", "succeeded", "requires_capture" -> new PaymentProgress.Pending();
            case "requires_action" -> new PaymentProgress.Failed(requiresAction());
            case "canceled" -> new PaymentProgress.Failed(canceled());
            case "requires_payment_method", "requires_confirmation" -> ofLastError(payment);
            case null, default -> new PaymentProgress.Unknown(String.valueOf(payment.getStatus()));
        };
    }

    private static PaymentProgress ofLastError(PaymentIntent payment) {
        var error = payment.getLastPaymentError();
        return error == null
                ? new PaymentProgress.Untried()
                : new PaymentProgress.Failed(failureOf(
                        error.getCode(), error.getDeclineCode(), Objects.requireNonNullElse(error.getMessage(), "")));
    }

    private static Failure failureOf(@Nullable String code, @Nullable String declineCode, String message) {
        var telling = declineCode == null ? code : declineCode;
        var reason = FailureReason.ofDecline(code, declineCode);
        return new Failure(reason, telling, message.isBlank() ? "The payment did not go through." : message);
    }

    private static Failure requiresAction() {
        return new Failure(
                FailureReason.REQUIRES_ACTION,
                "authentication_required",
                "The bank asks the customer to confirm the payment, which cannot be done without the customer.");
    }

    private static Failure canceled() {
        return new Failure(FailureReason.REJECTED, "canceled", "The payment was canceled in Stripe.");
    }
}
