package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.param.CustomerCreateParams;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest extends Sandboxed {

    @Override
    SandboxOptions options() {
        return SandboxOptions.defaults().withPagePort(0);
    }

    String page() {
        return sandbox.pageUrl().orElseThrow();
    }

    HttpResponse<String> look(String path) {
        return exchange(HttpRequest.newBuilder(URI.create(page() + path)));
    }

    static HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> press(String calls, String back, String... headers) {
        var form = "calls=" + URLEncoder.encode(calls, StandardCharsets.UTF_8) + "&back="
                + URLEncoder.encode(back, StandardCharsets.UTF_8) + "&name=%22%24x%0A%22+y&done=Well+done";
        var request = HttpRequest.newBuilder(URI.create(page() + "/")).POST(HttpRequest.BodyPublishers.ofString(form));
        return exchange(headers.length == 0 ? request.header("Origin", page()) : request.headers(headers));
    }

    @Test
    void showsCustomersWithTheirInvoices() throws StripeException {
        var customer = customerPayingWith("pm_card_visa");
        var invoice = draftOf(customer, 4500);
        assertThat(look("/").body()).contains("Acme").contains(customer.getId());
        assertThat(look("/?q=" + customer.getId()).body()).contains("Acme");
        assertThat(look("/?q=nobody@example.org").body()).contains("Nothing here");
        assertThat(look("/customers/" + customer.getId()).body()).contains("45.00 USD", invoice.getId(), "4242");
        assertThat(look("/invoices/" + invoice.getId()).body()).contains("Finalize", "draft");
        var event = stripe.v1().events().list().getData().getFirst();
        assertThat(look("/events/" + event.getId()).body()).contains(event.getType(), "&quot;livemode&quot;");
    }

    @Test
    void showsSubscriptionsOnTestClocksAndWhatTheyCost() {
        var clock = json(send("POST", "/v1/test_helpers/test_clocks", "frozen_time=1768478400"));
        var customer = json(send(
                "POST",
                "/v1/customers",
                "name=Acme&payment_method=pm_card_visa&invoice_settings[default_payment_method]=pm_card_visa&test_clock="
                        + clock.path("id").asString()));
        var product = json(send("POST", "/v1/products", "name=Gold"));
        var subscription = json(send(
                "POST",
                "/v1/subscriptions",
                "customer=" + customer.path("id").asString()
                        + "&items[0][price_data][currency]=usd&items[0][price_data][recurring][interval]=month"
                        + "&items[0][quantity]=3&items[0][price_data][unit_amount_decimal]=250.5"
                        + "&items[0][price_data][product]="
                        + product.path("id").asString()));
        var id = subscription.path("id").asString();
        assertThat(look("/subscriptions").body()).contains(id, "3 × 2.505 USD a month");
        assertThat(look("/subscriptions/" + id).body()).contains("Gold", "2.505 USD a month");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/invoices",
                "/invoices?status=paid",
                "/subscriptions",
                "/events?type=invoice.*",
                "/webhooks",
                "/clocks",
                "/troubles",
                "/style.css"
            })
    void hasAPlaceForEverything(String path) {
        var answer = look(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/customers/cus_x", "/invoices/%3Cscript%3E", "/events/..%2F", "/?q=cus_x"})
    void saysWhatIsNotThere(String path) {
        var answer = look(path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("Not shown").doesNotContain("<script>");
    }

    @Test
    void paysAndFailsInvoices() throws StripeException {
        var customer = customerPayingWith("pm_card_visa");
        var invoice = draftOf(customer, 4500).getId();
        press("POST /v1/invoices/" + invoice + "/finalize", "/");
        var failed = press(
                "card = POST /v1/payment_methods/pm_card_chargeCustomerFail/attach customer=" + customer.getId()
                        + "\nPOST /v1/invoices/" + invoice + "/pay payment_method=$card -> 402",
                "/invoices/" + invoice);
        var location = failed.headers().firstValue("Location").orElseThrow();
        assertThat(look(location).body()).contains("Well done", "declined", ">open<");
        assertThat(look(location).body()).doesNotContain("Well done");
        press("POST /v1/invoices/" + invoice + "/pay", "/");
        assertThat(stripe.v1().invoices().retrieve(invoice).getStatus()).isEqualTo("paid");
    }

    @Test
    void deletesADraftUnlessItIsASubscriptions() throws StripeException {
        var customer = customerPayingWith("pm_card_visa");
        var draft = draftOf(customer, 4500).getId();
        assertThat(look("/invoices/" + draft).body()).contains("DELETE /v1/invoices/" + draft);
        press("DELETE /v1/invoices/" + draft, "/invoices");
        assertThat(look("/invoices/" + draft).statusCode()).isEqualTo(404);
        var subscription = post(
                "/v1/subscriptions",
                "collection_method=send_invoice&days_until_due=5&customer=" + customer.getId()
                        + "&items[0][price_data][currency]=usd&items[0][price_data][recurring][interval]=month"
                        + "&items[0][price_data][unit_amount]=900&items[0][price_data][product]="
                        + id(post("/v1/products", "name=Gold")));
        var latest = subscription.path("latest_invoice").asString();
        assertThat(look("/invoices/" + latest).body()).contains(">draft<").doesNotContain("DELETE /v1/invoices/");
    }

    @Test
    void showsWhyTheApiRefused() {
        var refused = press("POST /v1/invoices/in_x/pay", "/invoices");
        assertThat(refused.statusCode()).isEqualTo(303);
        assertThat(look(refused.headers().firstValue("Location").orElseThrow()).body())
                .contains("notice bad", "No such invoice")
                .doesNotContain("Line 1");
    }

    @Test
    void takesAFieldForTextWhateverItHolds() throws StripeException {
        press("POST /v1/customers name={name} description={nothing}", "/");
        assertThat(stripe.v1().customers().list().getData())
                .singleElement()
                .satisfies(one -> assertThat(one.getName()).isEqualTo("$x   y"));
    }

    @Test
    void escapesWhatCustomersCallThemselves() throws StripeException {
        stripe.v1()
                .customers()
                .create(CustomerCreateParams.builder()
                        .setName("<script>alert(1)</script>")
                        .build());
        assertThat(look("/").body()).contains("&lt;script&gt;").doesNotContain("<script");
    }

    @ParameterizedTest
    @CsvSource({"Origin, http://evil.example", "Origin, null", "Sec-Fetch-Site, cross-site", "Sec-Fetch-Site, same-site"
    })
    void doesNothingForStrangers(String header, String value) throws StripeException {
        assertThat(press("POST /v1/customers", "/", header, value).statusCode()).isEqualTo(403);
        assertThat(stripe.v1().customers().list().getData()).isEmpty();
    }

    @Test
    void answersToNoForeignName() throws IOException {
        var request = "GET / HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n";
        var answer = RawClient.exchange(URI.create(page()).getPort(), request.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(answer.status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example", "https://evil.example", "/\\evil.example", "javascript:x"})
    void goesBackToItselfOnly(String back) {
        assertThat(press("GET /v1/customers", back).headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).startsWith("/?notice="));
    }
}
