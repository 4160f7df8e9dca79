package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest extends Sandboxed {

    @Override
    SandboxOptions options() {
        return SandboxOptions.defaults().withApiKeys(Set.of(KEY, "sk_test_other"));
    }

    @Nested
    class Keys {

        @Test
        void areTakenByBasicToo() {
            var basic =
                    "Basic " + Base64.getEncoder().encodeToString("sk_test_other:".getBytes(StandardCharsets.UTF_8));
            assertThat(send("GET", "/v1/customers", "", "Authorization", basic).statusCode())
                    .isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Bearer sk_test_unknown", "Bearer sk_live_x", "Basic !!", "Basic", "Bearer ", "x"})
        void areRefusedWith401(String header) {
            var refused = send("GET", "/v1/customers", "", "Authorization", header);
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(error(refused).path("type").asString()).isEqualTo("invalid_request_error");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    POST   | /v1/customers                | nmae=x                               | parameter_unknown         | nmae
                    POST   | /v1/customers                | address[town]=x                      | parameter_unknown         | address[town]
                    POST   | /v1/customers                | balance=ten                          | parameter_invalid_integer | balance
                    POST   | /v1/customers                | email=nobody                         | email_invalid             | email
                    POST   | /v1/billing/meters           | display_name=M&event_name=m&default_aggregation[formula]= | parameter_invalid_empty | default_aggregation[formula]
                    POST   | /v1/products                 | name=P&images[0]=                    | parameter_invalid_empty   | images[0]
                    POST   | /v1/prices/price_x           | currency_options[eur]=               | parameter_invalid_empty   | currency_options[eur]
                    POST   | /v1/products                 | active=true                          | parameter_missing         | name
                    POST   | /v1/products                 | name=                                | parameter_invalid_empty   | name
                    POST   | /v1/prices                   | currency=usd&product=prod_x&unit_amount=1 | resource_missing     | product
                    POST   | /v1/invoices                 | auto_advance=false                   | parameter_missing         | customer
                    POST   | /v1/invoices                 | customer=cus_x                       | resource_missing          | customer
                    GET    | /v1/customers?starting_after=cus_x | ''                             | resource_missing          | starting_after
                    GET    | /v1/customers?limit=101      | ''                                   | parameter_invalid_integer | limit
                    """)
    void refusesWithCodeAndParameter(String method, String path, String body, String code, String param) {
        var refused = send(method, path, body);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error(refused).path("code").asString()).isEqualTo(code);
        assertThat(error(refused).path("param").asString()).isEqualTo(param);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/customers/cus_x, 404",
        "DELETE, /v1/customers/cus_x, 404",
        "POST, /v1/customers/cus_x, 404",
        "GET, /v1/nothing, 404",
        "PUT, /v1/customers, 404",
        "GET, /v1/tax_codes, 404",
        "GET, /v1/customers?expand[]=name, 400",
        "POST, /v1/customers?tax_id_data[0][type]=&tax_id_data[0][value]=1, 400",
        "GET, /v1/invoices?created[gt]=x, 400",
        "POST, /v1/customers?metadata[a]=1&metadata=2, 400",
        "GET, /v1/customers?a[=1, 400",
        "GET, /v1/customers?[]=1, 400",
        "GET, /v1/prices?active=perhaps, 400"
    })
    void answersNonsenseWithAnEnvelope(String method, String path, int status) {
        var answer = send(method, path.replace("[", "%5B").replace("]", "%5D"), "");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(error(answer).path("message").asString()).isNotBlank();
        assertThat(answer.headers().firstValue("Request-Id"))
                .hasValueSatisfying(id -> assertThat(id).startsWith("req_"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "a=%zz",
                "=",
                "&&&",
                "a[b]c=1",
                "\u0000=\u0000",
                "{\"name\":1}",
                "a[b][c][d][e][f][g][h][i][j][k]=1"
            })
    void answersABrokenBodyWithAnEnvelope(String body) {
        assertThat(send("POST", "/v1/customers", body).statusCode()).isIn(200, 400);
    }

    @Test
    void refusesABodyBeyondTheLimit() {
        assertThat(send("POST", "/v1/customers", "name=" + "x".repeat(1 << 21)).statusCode())
                .isEqualTo(413);
    }

    @Test
    void refusesAnotherVersion() {
        var refused =
                send("GET", "/v1/customers", "", "Authorization", "Bearer " + KEY, "Stripe-Version", "2020-08-27");
        assertThat(refused.statusCode()).isEqualTo(400);
    }

    @Test
    void saysWhatItDoesNotCover() {
        var customer =
                json(send("POST", "/v1/customers", "name=Acme")).path("id").asString();
        var refused = send("POST", "/v1/invoices", "transfer_data[destination]=acct_x&customer=" + customer);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error(refused).path("param").asString()).isEqualTo("transfer_data");
    }

    @Nested
    class Lists {

        @Test
        void pageForwardsThroughEverythingOnce() throws StripeException {
            for (int i = 0; i < 23; i++) {
                stripe.v1()
                        .customers()
                        .create(CustomerCreateParams.builder().setName("c" + i).build());
            }
            var seen = new java.util.ArrayList<String>();
            stripe.v1()
                    .customers()
                    .list(CustomerListParams.builder().setLimit(5L).build())
                    .autoPagingIterable()
                    .forEach(customer -> seen.add(customer.getName()));
            assertThat(seen).hasSize(23).startsWith("c22").endsWith("c0");
            assertThat(new HashSet<>(seen)).hasSize(23);
        }

        @Test
        void pageBackwardsNextToTheCursor() throws StripeException {
            var ids = new java.util.ArrayList<String>();
            for (int i = 0; i < 6; i++) {
                ids.add(stripe.v1().customers().create().getId());
            }
            var page = stripe.v1()
                    .customers()
                    .list(CustomerListParams.builder()
                            .setLimit(2L)
                            .setEndingBefore(ids.get(1))
                            .build());
            assertThat(page.getData()).extracting(Customer::getId).isEqualTo(List.of(ids.get(3), ids.get(2)));
            assertThat(page.getHasMore()).isTrue();
        }

        @Test
        void filterByEmail() throws StripeException {
            for (String email : List.of("a@x.io", "b@x.io")) {
                stripe.v1()
                        .customers()
                        .create(CustomerCreateParams.builder().setEmail(email).build());
            }
            var found = stripe.v1()
                    .customers()
                    .list(CustomerListParams.builder().setEmail("b@x.io").build());
            assertThat(found.getData())
                    .singleElement()
                    .satisfies(c -> assertThat(c.getEmail()).isEqualTo("b@x.io"));
        }

        @Test
        void refuseBothCursors() throws StripeException {
            var id = stripe.v1().customers().create().getId();
            var refused = send("GET", "/v1/customers?starting_after=" + id + "&ending_before=" + id, "");
            assertThat(error(refused).path("code").asString()).isEqualTo("parameters_exclusive");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/customers, application/json, application/x-www-form-urlencoded",
        "/v2/billing/meter_event_session, application/x-www-form-urlencoded, application/json"
    })
    void refusesABodyOfTheOtherVersionsKind(String path, String sent, String wanted) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + path))
                .header("Authorization", "Bearer " + KEY)
                .header("Content-Type", sent)
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        var refused = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error(refused).path("message").asString()).contains(path + " takes " + wanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "PATCH", "PUT", "TRACE"})
    void answersMethodsThatTheApiHasNotWithAnEnvelope(String method) {
        var refused = send(method, "/v1/customers", "");
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(error(refused).path("type").asString()).isEqualTo("invalid_request_error");
    }

    @ParameterizedTest
    @CsvSource({"USD, 200", "jpy, 200", "kwd, 200", "xxx, 400", "zzz, 400", "us, 400"})
    void takesCurrenciesThatThereAre(String currency, int status) {
        var answer = send("POST", "/v1/payment_intents", "amount=9000&currency=" + currency);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        if (status == 200) {
            assertThat(json(answer).path("currency").asString()).isEqualTo(currency.toLowerCase(Locale.ROOT));
        } else {
            assertThat(error(answer).path("param").asString()).isEqualTo("currency");
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, /v1/customers/cus_x", "GET, /v1/nothing", "POST, /v2/core/event_destinations"})
    void saysWhereARefusalIsLogged(String method, String path) {
        var refused = send(method, path, "");
        var request = refused.headers().firstValue("Request-Id").orElseThrow();
        assertThat(error(refused).path("request_log_url").asString()).endsWith("/logs/" + request);
    }

    @Test
    void echoesTheIdempotencyKey() {
        String[] headers = {"Authorization", "Bearer " + KEY, "Idempotency-Key", "k-1"};
        var answer = send("POST", "/v1/customers", "name=Acme", headers);
        assertThat(answer.headers().firstValue("Idempotency-Key")).contains("k-1");
        assertThat(answer.headers().firstValue("Stripe-Version")).contains("2026-07-29.dahlia");
        assertThat(answer.headers().firstValue("Idempotent-Replayed")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a.b.c.d.e, 400",
        "nothing, 400",
        "default_price.product.default_price.product, 200",
        "default_price.product.default_price.product.default_price, 400"
    })
    void expandsUpToFourLevels(String path, int status) {
        var product = json(send(
                        "POST",
                        "/v1/products",
                        "name=P&default_price_data[currency]=usd&default_price_data[unit_amount]=1"))
                .path("id")
                .asString();
        var answer = send("GET", "/v1/products/" + product + "?expand%5B%5D=" + path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }
}
