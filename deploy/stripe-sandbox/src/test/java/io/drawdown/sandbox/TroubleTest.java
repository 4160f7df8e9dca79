package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.param.CustomerCreateParams;
import io.drawdown.sandbox.limits.RateSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TroubleTest extends Sandboxed {

    static final CustomerCreateParams ACME =
            CustomerCreateParams.builder().setName("Acme").build();

    void trouble(String json) {
        assertThat(send("POST", "/_sandbox/troubles", json).statusCode()).isEqualTo(200);
    }

    int customers() throws StripeException {
        return stripe.v1().customers().list().getData().size();
    }

    @Test
    void failsBeforeAnythingHappens() throws StripeException {
        trouble("{\"kind\":\"error-before\",\"status\":429,\"method\":\"POST\",\"path\":\"/v1/customers\"}");
        assertThatThrownBy(() -> stripe.v1().customers().create(ACME)).isInstanceOf(RateLimitException.class);
        assertThat(customers()).isZero();
        assertThat(stripe.v1().customers().create(ACME).getId()).isNotBlank();
    }

    @Test
    void failsAfterTheEffectAndRemembersItUnderTheKey() throws StripeException {
        trouble("{\"kind\":\"error-after\",\"path\":\"/v1/customers\",\"method\":\"POST\"}");
        assertThatThrownBy(() -> client(0).v1().customers().create(ACME, key("k")))
                .isInstanceOf(ApiException.class);
        assertThat(customers()).isEqualTo(1);
        assertThat(stripe.v1().customers().create(ACME, key("k")).getName()).isEqualTo("Acme");
        assertThat(customers()).isEqualTo(1);
    }

    @Test
    void cutsTheConnectionAfterAPaymentThatIsMadeOnce() throws StripeException {
        var invoice = draftOf(customerPayingWith("pm_card_visa"), 4500);
        stripe.v1().invoices().finalizeInvoice(invoice.getId());
        trouble("{\"kind\":\"cut-after\",\"count\":5,\"path\":\"/v1/invoices/*/pay\"}");
        assertThatThrownBy(() -> client(0).v1().invoices().pay(invoice.getId(), key("pay")))
                .isInstanceOf(ApiConnectionException.class);
        send("DELETE", "/_sandbox/troubles", "");
        assertThat(stripe.v1().invoices().retrieve(invoice.getId()).getStatus()).isEqualTo("paid");
        assertThat(stripe.v1().invoices().pay(invoice.getId(), key("pay")).getStatus())
                .isEqualTo("paid");
        assertThat(stripe.v1().charges().list().getData()).hasSize(1);
    }

    @Test
    void isWaitedOutByStripeJavaItself() throws StripeException {
        trouble("{\"kind\":\"error-after\",\"path\":\"/v1/customers\",\"method\":\"POST\"}");
        assertThat(stripe.v1().customers().create(ACME).getName()).isEqualTo("Acme");
        assertThat(customers()).isEqualTo(1);
    }

    @Test
    void goesOnUntilItIsClearedWhenAskedTo() {
        trouble("{\"kind\":\"error-before\",\"count\":\"always\",\"path\":\"/v1/**\"}");
        for (var path : java.util.List.of("/v1/customers", "/v1/customers/cus_x", "/v1/billing/meters/x")) {
            assertThat(send("GET", path, "").statusCode()).isEqualTo(500);
        }
        assertThat(send("GET", "/_sandbox/troubles", "").body()).contains("\"count\":\"always\"");
        send("DELETE", "/_sandbox/troubles", "");
        assertThat(send("GET", "/v1/customers", "").statusCode()).isEqualTo(200);
    }

    @Test
    void strikesByChance() {
        trouble("{\"kind\":\"error-before\",\"percent\":50,\"count\":5,\"path\":\"/v1/customers\"}");
        int requests = 0;
        while (send("GET", "/_sandbox/troubles", "").body().contains("error-before")) {
            send("GET", "/v1/customers", "");
            requests++;
        }
        assertThat(requests).isGreaterThanOrEqualTo(5);
    }

    @Test
    void putsTheClockWrong() throws StripeException {
        long before = stripe.v1().customers().create(ACME).getCreated();
        send("POST", "/_sandbox/clock", "{\"skewSeconds\":-86400}");
        assertThat(stripe.v1().customers().create(ACME).getCreated()).isBetween(before - 86_400, before - 86_000);
        send("DELETE", "/_sandbox/clock", "");
        assertThat(stripe.v1().customers().create(ACME).getCreated()).isGreaterThanOrEqualTo(before);
    }

    @Test
    void limitsTheRateWithTheReason() {
        try (var strict = StripeSandbox.start(options().withRates(new RateSettings(1, 0, 0, 0, 0)))) {
            sandbox.close();
            sandbox = strict;
            assertThat(send("GET", "/v1/customers", "").statusCode()).isEqualTo(200);
            var tooMany = send("GET", "/v1/customers", "");
            assertThat(tooMany.statusCode()).isEqualTo(429);
            assertThat(error(tooMany).path("code").asString()).isEqualTo("rate_limit");
            assertThat(tooMany.headers().firstValue("Stripe-Rate-Limited-Reason"))
                    .contains("global-rate");
        }
    }

    @ParameterizedTest
    @CsvSource({"error-before, 0", "error-after, 1"})
    void saysTheReasonOfARateLimitOnDemand(String kind, int happened) throws StripeException {
        trouble("{\"kind\":\"" + kind + "\",\"status\":429,\"reason\":\"endpoint-concurrency\"}");
        var tooMany = send("POST", "/v1/customers", "name=A");
        assertThat(tooMany.statusCode()).isEqualTo(429);
        assertThat(tooMany.headers().firstValue("Stripe-Rate-Limited-Reason")).contains("endpoint-concurrency");
        assertThat(customers()).isEqualTo(happened);
    }

    @Test
    void holdsTheLockOfAnObject() throws StripeException {
        trouble("{\"kind\":\"lock-timeout\",\"method\":\"POST\"}");
        assertThatThrownBy(() -> client(0).v1().customers().create(ACME))
                .isInstanceOfSatisfying(
                        RateLimitException.class,
                        refusal -> assertThat(refusal.getCode()).isEqualTo("lock_timeout"));
        assertThat(customers()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"latency\",\"percent\":0}",
                "",
                "{",
                "[]",
                "{\"kind\":\"earthquake\"}",
                "{\"kind\":\"error-before\",\"status\":429,\"reason\":\"mood\"}",
                "{\"kind\":\"latency\",\"latencyMillis\":-1}",
                "{\"kind\":\"error-after\",\"status\":200}",
                "{\"kind\":\"latency\",\"count\":0}"
            })
    void refusesAnUnknownTrouble(String json) {
        assertThat(send("POST", "/_sandbox/troubles", json).statusCode()).isEqualTo(400);
    }
}
