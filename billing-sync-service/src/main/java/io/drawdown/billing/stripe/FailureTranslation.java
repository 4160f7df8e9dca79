package io.drawdown.billing.stripe;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import io.drawdown.billing.domain.StripeFailure;

/** From the SDK's exceptions to what may be done next. */
final class FailureTranslation {

    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;
    private static final int DEPENDENCY_FAILED = 424;
    private static final int SERVER_ERROR = 500;

    private FailureTranslation() {}

    static StripeFailure of(StripeException e) {
        return switch (e) {
            case CardException card ->
                new StripeFailure.Declined(describe(card), card.getCode(), card.getDeclineCode(), card);
            case RateLimitException limit -> busy(limit);
            case AuthenticationException key -> busy(key);
            case ApiConnectionException lost -> new StripeFailure.OutcomeUnknown(describe(lost), false, lost);
            default -> ofStatus(e);
        };
    }

    private static StripeFailure ofStatus(StripeException e) {
        var status = e.getStatusCode() == null ? SERVER_ERROR : e.getStatusCode();
        if (status == CONFLICT || status == FORBIDDEN) {
            return busy(e);
        }
        if (status >= SERVER_ERROR || status == DEPENDENCY_FAILED) {
            return new StripeFailure.OutcomeUnknown(describe(e), isReplayed(e), e);
        }
        return status == 402
                ? new StripeFailure.Declined(describe(e), e.getCode(), null, e)
                : new StripeFailure.Refused(describe(e), e.getCode(), e);
    }

    private static StripeFailure.Busy busy(StripeException e) {
        return new StripeFailure.Busy(describe(e), e.getCode(), e);
    }

    private static boolean isReplayed(StripeException e) {
        var error = e.getStripeError();
        return error != null
                && error.getLastResponse() != null
                && error.getLastResponse()
                        .headers()
                        .firstValue("Idempotent-Replayed")
                        .filter("true"::equalsIgnoreCase)
                        .isPresent();
    }

    private static String describe(StripeException e) {
        return "Stripe answered " + (e.getStatusCode() == null ? "nothing" : e.getStatusCode()) + ": " + e.getMessage();
    }
}
