package io.drawdown.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.PermissionException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.StripeError;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeResponse;
import io.drawdown.billing.domain.FailureReason;
import io.drawdown.billing.domain.StripeFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailureTranslationTest {

    @Test
    void neverTakesALostAnswerForARefusal() {
        assertThat(translated(new ApiConnectionException("reset"))).isInstanceOf(StripeFailure.OutcomeUnknown.class);
        assertThat(translated(new ApiException("oops", "req_1", null, 500, null)))
                .isInstanceOf(StripeFailure.OutcomeUnknown.class);
        assertThat(translated(new ApiException("oops", "req_1", null, 503, null)))
                .isInstanceOf(StripeFailure.OutcomeUnknown.class);
    }

    @Test
    void takesWhatWasTurnedAwayUnprocessedForBusy() {
        assertThat(translated(new RateLimitException("slow", null, "req_1", "rate_limit", 429, null)))
                .isInstanceOf(StripeFailure.Busy.class);
        assertThat(translated(new ApiException("in use", "req_1", "idempotency_key_in_use", 409, null)))
                .isInstanceOf(StripeFailure.Busy.class);
        assertThat(translated(new AuthenticationException("bad key", "req_1", null, 401)))
                .isInstanceOf(StripeFailure.Busy.class);
    }

    @Test
    void blamesAKeyWithoutTheRightOnTheSettingsAndNotOnTheCharge() {
        assertThat(translated(new PermissionException("not allowed", "req_1", null, 403)))
                .isInstanceOf(StripeFailure.Busy.class);
        assertThat(translated(new ApiException("not allowed", "req_1", null, 403, null)))
                .isInstanceOf(StripeFailure.Busy.class);
    }

    @Test
    void knowsNothingOfTheOutcomeWhenSomethingBehindStripeFailed() {
        assertThat(translated(new ApiException("dependency", "req_1", null, 424, null)))
                .isInstanceOf(StripeFailure.OutcomeUnknown.class);
    }

    @Test
    void tellsADeclineFromARefusal() {
        assertThat(translated(card("card_declined", "stolen_card")))
                .isInstanceOfSatisfying(StripeFailure.Declined.class, declined -> {
                    assertThat(declined.reason()).isEqualTo(FailureReason.DECLINED);
                    assertThat(declined.reasonCode()).isEqualTo("stolen_card");
                });
        assertThat(translated(card("invoice_payment_intent_requires_action", null)))
                .isInstanceOfSatisfying(
                        StripeFailure.Declined.class,
                        declined -> assertThat(declined.reason()).isEqualTo(FailureReason.REQUIRES_ACTION));
        assertThat(translated(said(
                        "invalid_request_error",
                        new InvalidRequestException("gone", "id", "req_1", "resource_missing", 404, null))))
                .isInstanceOfSatisfying(
                        StripeFailure.Refused.class,
                        refused -> assertThat(refused.isMissing()).isTrue());
    }

    @Test
    void readsFromTheAnswerThatAServerErrorIsOnlyRepeated() {
        assertThat(serverError(Map.of("Idempotent-Replayed", List.of("true")))).isTrue();
        assertThat(serverError(Map.of())).isFalse();
    }

    private static boolean serverError(Map<String, List<String>> headers) {
        var error = new StripeError();
        error.setLastResponse(new StripeResponse(500, HttpHeaders.of(headers), "{}"));
        var exception = new ApiException("oops", "req_1", null, 500, null);
        exception.setStripeError(error);
        return ((StripeFailure.OutcomeUnknown) translated(exception)).isReplayed();
    }

    private static StripeException card(String code, String declineCode) {
        return said("card_error", new CardException("No.", "req_1", code, null, declineCode, null, 402, null));
    }

    /** With the body that the SDK has read it from. */
    private static StripeException said(String type, StripeException exception) {
        var error = new StripeError();
        error.setType(type);
        exception.setStripeError(error);
        return exception;
    }

    private static StripeFailure translated(StripeException e) {
        return FailureTranslation.of(e);
    }
}
