package io.drawdown.billing.stripe;

import com.stripe.exception.ApiException;
import com.stripe.exception.CardException;
import com.stripe.exception.StripeException;
import io.drawdown.billing.domain.StripeFailure;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From the SDK's exceptions to what may be done next. A refusal or a decline ends things for good, so it must be Stripe's own:
 * whatever stands between may answer with any status, before the call or after it.
 */
final class FailureTranslation {

    private static final int BAD_REQUEST = 400;
    private static final int PAYMENT_REQUIRED = 402;
    private static final int DEPENDENCY_FAILED = 424;
    private static final int SERVER_ERROR = 500;

    /** Unauthorized, forbidden, in use, too many: said before anything is done, whoever says it. */
    private static final Set<Integer> TURNED_AWAY = Set.of(401, 403, 409, 429);

    private FailureTranslation() {}

    static StripeFailure of(StripeException e) {
        var status = e.getStatusCode() == null ? 0 : e.getStatusCode();
        if (TURNED_AWAY.contains(status)) {
            return new StripeFailure.Busy(describe(e), e.getCode(), e);
        }
        if (!endsTheCall(status) || !isWordOfStripe(e)) {
            return new StripeFailure.OutcomeUnknown(describe(e), isReplayed(e), e);
        }
        return status == PAYMENT_REQUIRED
                ? new StripeFailure.Declined(describe(e), e.getCode(), declineCode(e), e)
                : new StripeFailure.Refused(describe(e), e.getCode(), e);
    }

    /** An answer that the SDK cannot make sense of at all, such as an empty one. */
    static StripeFailure ofUnreadable(RuntimeException e) {
        return new StripeFailure.OutcomeUnknown("Stripe's answer cannot be read: " + e, false, e);
    }

    /** Below 400 the call was taken and only its answer cannot be read; from 500 on anything may have happened. */
    private static boolean endsTheCall(int status) {
        return status >= BAD_REQUEST && status < SERVER_ERROR && status != DEPENDENCY_FAILED;
    }

    /** Stripe's errors say of which type they are; a proxy's page has nothing of the kind. */
    private static boolean isWordOfStripe(StripeException e) {
        var error = e.getStripeError();
        return error != null && (error.getType() != null || error.getCode() != null);
    }

    private static @Nullable String declineCode(StripeException e) {
        return e instanceof CardException card ? card.getDeclineCode() : null;
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

    /** The SDK's message on a body that it could not read is that body, which may be anything and of any length. */
    private static String describe(StripeException e) {
        var unreadable = e instanceof ApiException && !isWordOfStripe(e);
        return "Stripe answered " + (e.getStatusCode() == null ? "nothing" : e.getStatusCode())
                + (unreadable ? " with a body that is not Stripe's" : ": " + e.getMessage());
    }
}
