package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.StripeException;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import io.drawdown.sandbox.engine.IdempotencySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdempotencyTest extends Sandboxed {

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T10:00:00Z"));

    @TempDir
    Path data;

    @Override
    SandboxOptions options() {
        return SandboxOptions.defaults().withClock(now::get).withData(data);
    }

    static CustomerCreateParams named(String name) {
        return CustomerCreateParams.builder().setName(name).build();
    }

    long customers() throws StripeException {
        return stripe.v1()
                .customers()
                .list(CustomerListParams.builder().build())
                .getData()
                .size();
    }

    @Test
    void answersARepeatWithTheFirstResult() throws StripeException {
        var first = stripe.v1().customers().create(named("Acme"), key("k"));
        var again = stripe.v1().customers().create(named("Acme"), key("k"));
        assertThat(again.getId()).isEqualTo(first.getId());
        assertThat(again.getLastResponse().headers().firstValue("Idempotent-Replayed"))
                .contains("true");
        assertThat(again.getLastResponse().body())
                .isEqualTo(first.getLastResponse().body());
        assertThat(customers()).isEqualTo(1);
    }

    @Test
    void refusesTheKeyOfAnotherRequest() throws StripeException {
        stripe.v1().customers().create(named("Acme"), key("k"));
        assertThatThrownBy(() -> stripe.v1().customers().create(named("Other"), key("k")))
                .isInstanceOf(IdempotencyException.class);
        assertThat(send("POST", "/v1/products", "name=Acme", "Authorization", "Bearer " + KEY, "Idempotency-Key", "k")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void keepsADeclineUnderItsKeyButNotUnderAnother() throws StripeException {
        var customer = customerPayingWith("pm_card_chargeCustomerFail");
        var invoice = draftOf(customer, 4500);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> stripe.v1().invoices().pay(invoice.getId(), key("pay-1")))
                    .isInstanceOf(CardException.class);
        }
        assertThat(stripe.v1().invoices().retrieve(invoice.getId()).getAttemptCount())
                .isEqualTo(1);
        assertThatThrownBy(() -> stripe.v1().invoices().pay(invoice.getId(), key("pay-2")))
                .isInstanceOf(CardException.class);
        assertThat(stripe.v1().invoices().retrieve(invoice.getId()).getAttemptCount())
                .isEqualTo(2);
    }

    @Test
    void keepsNothingOfARequestThatWasNotWellFormed() {
        String[] headers = {"Authorization", "Bearer " + KEY, "Idempotency-Key", "k"};
        assertThat(send("POST", "/v1/customers", "nmae=Acme", headers).statusCode())
                .isEqualTo(400);
        assertThat(send("POST", "/v1/customers", "name=Acme", headers).statusCode())
                .isEqualTo(200);
    }

    @Test
    void keepsARefusalThatCameInExecution() {
        String[] headers = {"Authorization", "Bearer " + KEY, "Idempotency-Key", "k"};
        var refused = send("POST", "/v1/invoices", "customer=cus_none", headers);
        var again = send("POST", "/v1/invoices", "customer=cus_none", headers);
        assertThat(error(refused).path("code").asString()).isEqualTo("resource_missing");
        assertThat(again.body()).isEqualTo(refused.body());
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
    }

    @Test
    void refusesASecondRequestWhileTheFirstRuns() {
        String[] headers = {"Authorization", "Bearer " + KEY, "Idempotency-Key", "k"};
        send("POST", "/_sandbox/troubles", "{\"kind\":\"latency\",\"latencyMillis\":1500,\"path\":\"/v1/customers\"}");
        var slow = CompletableFuture.supplyAsync(() -> send("POST", "/v1/customers", "name=Acme", headers));
        Awaitility.await()
                .until(() -> json(send("GET", "/_sandbox/troubles", ""))
                        .path("troubles")
                        .isEmpty());
        var second = send("POST", "/v1/customers", "name=Acme", headers);
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(error(second).path("code").asString()).isEqualTo("idempotency_key_in_use");
        assertThat(second.headers().firstValue("Stripe-Should-Retry")).contains("true");
        assertThat(slow.join().statusCode()).isEqualTo(200);
        assertThat(send("POST", "/v1/customers", "name=Acme", headers).body())
                .isEqualTo(slow.join().body());
    }

    @Test
    void createsOnceWhenManyAskAtOnce() throws StripeException {
        var requests = java.util.stream.IntStream.range(0, 16)
                .mapToObj(_ -> CompletableFuture.supplyAsync(() -> send(
                        "POST",
                        "/v1/customers",
                        "name=Acme",
                        "Authorization",
                        "Bearer " + KEY,
                        "Idempotency-Key",
                        "k")))
                .toList();
        assertThat(requests)
                .allSatisfy(request -> assertThat(request.join().statusCode()).isIn(200, 409));
        assertThat(customers()).isEqualTo(1);
    }

    @Test
    void forgetsAKeyAfterADay() throws StripeException {
        var first = stripe.v1().customers().create(named("Acme"), key("k"));
        now.set(now.get().plusSeconds(24 * 3600 + 1));
        assertThat(stripe.v1().customers().create(named("Acme"), key("k")).getId())
                .isNotEqualTo(first.getId());
    }

    @Test
    void isNoMatterOfReadingAndDeleting() throws StripeException {
        var customer = stripe.v1().customers().create(named("Acme"));
        String[] headers = {"Authorization", "Bearer " + KEY, "Idempotency-Key", "k"};
        assertThat(send("GET", "/v1/customers", "", headers).statusCode()).isEqualTo(200);
        assertThat(send("GET", "/v1/products", "", headers).statusCode()).isEqualTo(200);
        assertThat(send("DELETE", "/v1/customers/" + customer.getId(), "", headers)
                        .statusCode())
                .isEqualTo(200);
        assertThat(send("DELETE", "/v1/customers/" + customer.getId(), "", headers)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void keepsAnErrorOfItsOwn() {
        String[] headers = {"Authorization", "Bearer " + KEY, "Idempotency-Key", "k"};
        send("POST", "/_sandbox/troubles", "{\"kind\":\"error-kept\",\"path\":\"/v1/customers\"}");
        var first = send("POST", "/v1/customers", "name=Acme", headers);
        assertThat(first.statusCode()).isEqualTo(500);
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        var again = send("POST", "/v1/customers", "name=Acme", headers);
        assertThat(again.statusCode()).isEqualTo(500);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(again.headers().firstValue("Stripe-Should-Retry")).contains("false");
        assertThat(json(send("GET", "/v1/customers", "")).path("data")).isEmpty();
        assertThat(send("POST", "/v1/customers", "name=Acme").statusCode()).isEqualTo(200);
    }

    @Test
    void remembersOverARestart() throws StripeException {
        var customer = stripe.v1().customers().create(named("Acme"), key("k"));
        var session = stripe.v2().billing().meterEventSession().create(key("s"));
        sandbox.close();
        sandbox = StripeSandbox.start(options());
        stripe = client(2);
        assertThat(stripe.v1().customers().create(named("Acme"), key("k")).getId())
                .isEqualTo(customer.getId());
        assertThat(stripe.v2().billing().meterEventSession().create(key("s")).getId())
                .isEqualTo(session.getId());
        assertThatThrownBy(() -> stripe.v2().billing().meterEventSession().create(key("k")))
                .isInstanceOf(IdempotencyException.class);
    }

    @Test
    void keepsAV2ResultForThirtyDays() throws StripeException {
        var sessions = stripe.v2().billing().meterEventSession();
        var first = sessions.create(key("k")).getId();
        now.set(now.get().plus(Duration.ofDays(30)));
        assertThat(sessions.create(key("k")).getId()).isEqualTo(first);
        now.set(now.get().plusSeconds(1));
        assertThat(sessions.create(key("k")).getId()).isNotEqualTo(first);
    }

    @Test
    void keepsResultsAsLongAsItIsToldTo() throws StripeException {
        sandbox.close();
        var minute = new IdempotencySettings(Duration.ofMinutes(1), Duration.ofMinutes(1));
        sandbox = StripeSandbox.start(options().withSettings(SandboxSettings.DEFAULT.with(minute)));
        stripe = client(2);
        var first = stripe.v1().customers().create(named("Acme"), key("k"));
        now.set(now.get().plusSeconds(61));
        assertThat(stripe.v1().customers().create(named("Acme"), key("k")).getId())
                .isNotEqualTo(first.getId());
    }

    @Test
    void takesKeysOfUpTo255Characters() {
        String[] longest = {"Authorization", "Bearer " + KEY, "Idempotency-Key", "k".repeat(255)};
        String[] longer = {"Authorization", "Bearer " + KEY, "Idempotency-Key", "k".repeat(256)};
        assertThat(send("POST", "/v1/customers", "", longest).statusCode()).isEqualTo(200);
        assertThat(send("POST", "/v1/customers", "", longer).statusCode()).isEqualTo(400);
    }
}
