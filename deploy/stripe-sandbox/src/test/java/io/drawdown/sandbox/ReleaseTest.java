package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.exception.StripeException;
import com.stripe.net.Webhook;
import io.drawdown.sandbox.api.ApiDescription;
import io.drawdown.sandbox.api.Release;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Older releases of the same major version, for endpoints and for clients that were made for them. */
class ReleaseTest extends Webhooked {

    static final String MARCH = "2026-03-25.dahlia";
    static final String MAY = "2026-05-27.dahlia";

    @Test
    void knowsTheReleaseThatItIsWrittenFor() {
        var api = ApiDescription.load();
        assertThat(Release.newest().version()).isEqualTo(api.apiVersion());
        Release.named(MARCH)
                .orElseThrow()
                .since()
                .forEach((object, added) ->
                        assertThat(api.resource(object).properties()).containsKeys(added.toArray(String[]::new)));
    }

    String endpoint(String params) {
        return post("/v1/webhook_endpoints", "url=" + receiverUrl() + "&" + params)
                .path("secret")
                .asString();
    }

    void refundAPayment() throws StripeException {
        var invoice = draftOf(customerPayingWith("pm_card_visa"), 4500).getId();
        stripe.v1().invoices().pay(invoice);
        var charge = id(get("/v1/charges").at("/data/0"));
        post("/v1/refunds", "charge=" + charge);
    }

    @Test
    void isTheOneOfTheEndpoint() throws StripeException, SignatureVerificationException {
        var secret = endpoint("enabled_events[]=refund.created&enabled_events[]=invoice.paid&api_version=" + MAY);
        refundAPayment();
        Awaitility.await().until(() -> received.size() == 2);
        for (var one : received) {
            var event = Webhook.constructEvent(one.body(), one.signature(), secret);
            assertThat(event.getApiVersion()).isEqualTo(MAY);
            assertThat(event.getDataObjectDeserializer().getObject()).isPresent();
        }
        assertThat(object(received.getFirst()).has("amount_paid_off_stripe")).isTrue();
        assertThat(object(received.getLast()).has("customer")).isFalse();
        assertThat(object(received.getLast()).path("amount").asLong()).isEqualTo(4500);
        var listed = get("/v1/events?type=refund.created").at("/data/0");
        assertThat(listed.path("api_version").asString())
                .isEqualTo(Release.newest().version());
        assertThat(listed.at("/data/object").has("customer")).isTrue();
    }

    static JsonNode object(Received one) {
        return JsonMapper.shared().readTree(one.body()).at("/data/object");
    }

    @Test
    void isTheOneOfTheDestination() throws StripeException {
        var body = """
                {"name":"n","type":"webhook_endpoint","event_payload":"snapshot","enabled_events":["refund.created"],
                 "snapshot_api_version":"%s","webhook_endpoint":{"url":"%s"}}""".formatted(MAY, receiverUrl());
        assertThat(good(send("POST", "/v2/core/event_destinations", body))
                        .path("snapshot_api_version")
                        .asString())
                .isEqualTo(MAY);
        refundAPayment();
        Awaitility.await().until(() -> received.size() == 1);
        assertThat(object(received.getFirst()).has("customer")).isFalse();
    }

    @Test
    void saysNothingOfAChangeThatItDoesNotKnow() {
        endpoint("enabled_events[]=invoice.paid&enabled_events[]=invoice.updated&api_version=" + MARCH);
        var invoice = id(post("/v1/invoices", "customer=" + id(post("/v1/customers", ""))));
        post("/v1/invoiceitems", "amount=900&currency=usd&invoice=" + invoice);
        post("/v1/invoices/" + invoice + "/pay", "paid_out_of_band=true");
        Awaitility.await().until(() -> receivedTypes().contains("invoice.paid"));
        assertThat(received).allSatisfy(one -> assertThat(one.body()).doesNotContain("amount_paid_off_stripe"));
        assertThat(send("GET", "/v1/events?type=invoice.updated", "").body())
                .contains("\"previous_attributes\"", "\"amount_paid_off_stripe\":0");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-25.dahlia, 200, false",
        "2026-05-27.dahlia, 200, true",
        "2026-07-29.dahlia, 200, true",
        "2026-08-26.dahlia, 400, false",
        "2025-09-30.clover, 400, false"
    })
    void isTheOneOfTheRequest(String version, int status, boolean knowsIt) {
        var answer = send(
                "POST",
                "/v1/invoices",
                "customer=" + id(post("/v1/customers", "")),
                "Authorization",
                "Bearer " + KEY,
                "Stripe-Version",
                version);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).has("amount_paid_off_stripe")).isEqualTo(knowsIt);
        assertThat(answer.headers().firstValue("Stripe-Version"))
                .contains(status == 200 ? version : Release.newest().version());
    }
}
