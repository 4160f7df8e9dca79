package io.drawdown.billing;

import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.param.ChargeListParams;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.InvoiceAttachPaymentParams;
import com.stripe.param.InvoiceCreateParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.InvoiceItemListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentMethodAttachParams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** Somebody who uses the sandbox directly: at the dashboard, as it were, and at its switches for trouble. */
public final class StripeUser {

    public interface Call<T> {
        T make(StripeClient client) throws StripeException;
    }

    private final StripeClient client;
    private final String base;
    private final HttpClient http = HttpClient.newHttpClient();

    StripeUser(String base) {
        this.base = base;
        this.client = StripeClient.builder()
                .setApiKey("sk_test_somebody")
                .setApiBase(base)
                .build();
    }

    /** Any call; what Stripe refuses fails the test. */
    public <T> T call(Call<T> call) {
        try {
            return call.make(client);
        } catch (StripeException e) {
            throw new AssertionError("Stripe refused: " + e.getMessage(), e);
        }
    }

    /** Pays an open invoice by the customer's default card, unless somebody else is faster. */
    public void tryToPay(String invoice) {
        try {
            client.v1().invoices().pay(invoice);
        } catch (InvalidRequestException e) {
            // It has been paid.
        } catch (StripeException e) {
            throw new AssertionError("Stripe failed: " + e.getMessage(), e);
        }
    }

    /** Takes every card off a customer. */
    public void takeCards(String customerId) {
        call(stripe -> stripe.v1().customers().paymentMethods().list(customerId))
                .getData()
                .forEach(card -> call(stripe -> stripe.v1().paymentMethods().detach(card.getId())));
    }

    public Customer createCustomer(String email, Map<String, String> metadata) {
        return call(stripe -> stripe.v1()
                .customers()
                .create(CustomerCreateParams.builder()
                        .setName("Made in Stripe")
                        .setEmail(email)
                        .putAllMetadata(metadata)
                        .build()));
    }

    /** Gives the customer a test card that its invoices are charged to. */
    public void giveCard(String customerId, String token) {
        var card = call(stripe -> stripe.v1()
                .paymentMethods()
                .attach(
                        token,
                        PaymentMethodAttachParams.builder()
                                .setCustomer(customerId)
                                .build()));
        call(stripe -> stripe.v1()
                .customers()
                .update(
                        customerId,
                        CustomerUpdateParams.builder()
                                .setInvoiceSettings(CustomerUpdateParams.InvoiceSettings.builder()
                                        .setDefaultPaymentMethod(card.getId())
                                        .build())
                                .build()));
    }

    public List<Customer> customersOf(String email) {
        return call(stripe -> stripe.v1()
                        .customers()
                        .list(CustomerListParams.builder().setEmail(email).build()))
                .getData();
    }

    public List<Invoice> invoicesOf(String customerId) {
        return call(stripe -> stripe.v1()
                        .invoices()
                        .list(InvoiceListParams.builder()
                                .setCustomer(customerId)
                                .build()))
                .getData();
    }

    public List<Charge> chargesOf(String customerId) {
        return call(stripe -> stripe.v1()
                        .charges()
                        .list(ChargeListParams.builder().setCustomer(customerId).build()))
                .getData();
    }

    /** A draft with one line; amounts in the minor unit. */
    public String draft(String customer, String currency, long amount) {
        var invoice = call(stripe -> stripe.v1()
                        .invoices()
                        .create(InvoiceCreateParams.builder()
                                .setCustomer(customer)
                                .setCurrency(currency)
                                .build()))
                .getId();
        call(stripe -> stripe.v1()
                .invoiceItems()
                .create(InvoiceItemCreateParams.builder()
                        .setCustomer(customer)
                        .setInvoice(invoice)
                        .setCurrency(currency)
                        .setAmount(amount)
                        .build()));
        return invoice;
    }

    /** Takes everything off a draft. */
    public void removeLines(String invoice) {
        var items = call(stripe -> stripe.v1()
                .invoiceItems()
                .list(InvoiceItemListParams.builder().setInvoice(invoice).build()));
        items.getData()
                .forEach(item -> call(stripe -> stripe.v1().invoiceItems().delete(item.getId())));
    }

    /** An invoice that is finalized and paid by the customer's default card. */
    public String paidInvoice(String customer, String currency, long amount) {
        var invoice = draft(customer, currency, amount);
        call(stripe -> stripe.v1().invoices().finalizeInvoice(invoice));
        call(stripe -> stripe.v1().invoices().pay(invoice));
        return invoice;
    }

    /** Arranges trouble for the next matching requests; a star in the path stands for one segment. */
    public void trouble(String kind, String method, String path, int status, int count) {
        control("POST", "/_sandbox/troubles", """
                {"kind":"%s","method":"%s","path":"%s","status":%d,"count":%d}""".formatted(kind, method, path, status, count));
    }

    /** Makes the next matching request slow. */
    public void slowness(String method, String path, int latencyMillis) {
        slowness(method, path, latencyMillis, 1);
    }

    /** Makes matching requests slow until troubles end. */
    public void lastingSlowness(String method, String path, int latencyMillis) {
        slowness(method, path, latencyMillis, 1_000_000);
    }

    private void slowness(String method, String path, int latencyMillis, int count) {
        control("POST", "/_sandbox/troubles", """
                {"kind":"latency","method":"%s","path":"%s","latencyMillis":%d,"count":%d}""".formatted(method, path, latencyMillis, count));
    }

    /** Pays a part of an open invoice by a payment of its own. */
    public void payPart(String invoice, String customer, long amount) {
        var payment = call(stripe -> stripe.v1()
                        .paymentIntents()
                        .create(PaymentIntentCreateParams.builder()
                                .setCustomer(customer)
                                .setCurrency("usd")
                                .setAmount(amount)
                                .addPaymentMethodType("card")
                                .setPaymentMethod("pm_card_visa")
                                .setConfirm(true)
                                .build()))
                .getId();
        call(stripe -> stripe.v1()
                .invoices()
                .attachPayment(
                        invoice,
                        InvoiceAttachPaymentParams.builder()
                                .setPaymentIntent(payment)
                                .build()));
    }

    /** Answers the bank that asks for it, as the customer would. */
    public void authenticate(String paymentIntent, boolean passed) {
        control("POST", "/_sandbox/authentications", """
                {"intent":"%s","passed":%b}""".formatted(paymentIntent, passed));
    }

    public void loseWebhooks() {
        control("POST", "/_sandbox/webhooks", "{\"drop\":1000000}");
    }

    public void shuffleWebhooks() {
        control("POST", "/_sandbox/webhooks", "{\"shuffle\":true}");
    }

    public void duplicateWebhooks() {
        control("POST", "/_sandbox/webhooks", "{\"duplicate\":1000}");
    }

    public void endTroubles() {
        control("DELETE", "/_sandbox/troubles", "");
        control("DELETE", "/_sandbox/webhooks", "");
    }

    private void control(String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError("The sandbox refuses: " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
