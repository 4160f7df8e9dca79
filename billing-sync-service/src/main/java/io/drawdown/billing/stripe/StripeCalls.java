package io.drawdown.billing.stripe;

import com.stripe.exception.StripeException;
import io.drawdown.billing.domain.StripeFailure;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Through here every request goes: budgeted, and with its failure translated. */
@Component
class StripeCalls {

    private static final int READ_ATTEMPTS = 3;

    private final RequestBudget budget;

    StripeCalls(RequestBudget budget) {
        this.budget = budget;
    }

    /** Sends a request that changes something, once. */
    <T> T change(Request<T> request) {
        budget.await();
        try {
            return request.send();
        } catch (StripeException e) {
            throw FailureTranslation.of(e);
        } catch (RuntimeException e) { // Of the SDK, on an answer of a shape that it does not expect.
            throw FailureTranslation.ofUnreadable(e);
        }
    }

    /** Sends a request that only reads; a lost or failed answer is asked for again at once, twice at most. */
    <T> T read(Request<T> request) {
        for (var attempt = 1; ; attempt++) {
            try {
                return change(request);
            } catch (StripeFailure.OutcomeUnknown e) {
                if (attempt == READ_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Reads something that may not be there. */
    <T> Optional<T> readIfThere(Request<T> request) {
        try {
            return Optional.of(read(request));
        } catch (StripeFailure.Refused e) {
            if (e.isMissing()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** One request by the SDK. */
    interface Request<T> {
        T send() throws StripeException;
    }
}
