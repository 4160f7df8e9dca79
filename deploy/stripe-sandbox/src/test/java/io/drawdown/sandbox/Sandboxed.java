package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.InvoiceCreateParams;
import com.stripe.param.InvoiceItemCreateParams;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A fresh sandbox for each test, stripe-java on it, and the steps that stories are made of. */
abstract class Sandboxed {

    static final String KEY = "sk_test_story";
    static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static {
        Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
    }

    StripeSandbox sandbox;
    StripeClient stripe;

    SandboxOptions options() {
        return SandboxOptions.defaults();
    }

    @BeforeEach
    void startSandbox() {
        sandbox = StripeSandbox.start(options());
        stripe = client(2);
    }

    @AfterEach
    void stopSandbox() {
        sandbox.close();
    }

    StripeClient client(int retries) {
        return client(KEY, retries);
    }

    StripeClient client(String key, int retries) {
        return StripeClient.builder()
                .setApiKey(key)
                .setApiBase(sandbox.baseUrl())
                .setMeterEventsBase(sandbox.baseUrl())
                .setMaxNetworkRetries(retries)
                .build();
    }

    static RequestOptions key(String idempotencyKey) {
        return RequestOptions.builder().setIdempotencyKey(idempotencyKey).build();
    }

    /** A customer whose default payment method is made of the token. */
    Customer customerPayingWith(String token) throws StripeException {
        return stripe.v1()
                .customers()
                .create(CustomerCreateParams.builder()
                        .setName("Acme")
                        .setPaymentMethod(token)
                        .setInvoiceSettings(CustomerCreateParams.InvoiceSettings.builder()
                                .setDefaultPaymentMethod(token)
                                .build())
                        .build());
    }

    /** A draft with one line of that many cents. */
    Invoice draftOf(Customer customer, long cents) throws StripeException {
        var invoice = stripe.v1()
                .invoices()
                .create(InvoiceCreateParams.builder()
                        .setCustomer(customer.getId())
                        .build());
        stripe.v1()
                .invoiceItems()
                .create(InvoiceItemCreateParams.builder()
                        .setCustomer(customer.getId())
                        .setInvoice(invoice.getId())
                        .setAmount(cents)
                        .setCurrency("usd")
                        .build());
        return invoice;
    }

    /** Types of all events, oldest first. */
    List<String> eventTypes() throws StripeException {
        return stripe
                .v1()
                .events()
                .list(EventListParams.builder().setLimit(100L).build())
                .getData()
                .reversed()
                .stream()
                .map(Event::getType)
                .toList();
    }

    /** Types of the events from the last one of that type on. */
    List<String> eventTypesAfter(String type) throws StripeException {
        var types = eventTypes();
        return types.subList(types.lastIndexOf(type) + 1, types.size());
    }

    /** A raw request. */
    HttpResponse<String> send(String method, String path, String body, String... headers) {
        try {
            var request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + path))
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
            if (path.startsWith("/v1/")) {
                request.header("Content-Type", "application/x-www-form-urlencoded");
            } else if (path.startsWith("/v2/")) {
                request.header("Content-Type", "application/json");
            }
            if (headers.length == 0) {
                request.header("Authorization", "Bearer " + KEY);
            } else {
                request.headers(headers);
            }
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A request that must succeed. */
    JsonNode post(String path, String params) {
        return good(send("POST", path, params));
    }

    JsonNode get(String path) {
        return good(send("GET", path.replace("[", "%5B").replace("]", "%5D"), ""));
    }

    static JsonNode good(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    static String id(JsonNode object) {
        return object.path("id").asString();
    }

    /** The refusal of a request. */
    JsonNode refused(String method, String path, String params) {
        var answer = send(method, path, params);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 404);
        return error(answer);
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    /** The error of an answer. */
    static JsonNode error(HttpResponse<String> response) {
        return json(response).path("error");
    }
}
