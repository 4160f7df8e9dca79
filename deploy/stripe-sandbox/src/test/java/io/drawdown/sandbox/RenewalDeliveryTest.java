package io.drawdown.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.param.InvoiceUpdateParams;
import com.stripe.param.WebhookEndpointCreateParams;
import com.stripe.param.WebhookEndpointCreateParams.EnabledEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In the sandbox's own time a renewal's draft waits until its webhook has been delivered. */
class RenewalDeliveryTest extends Webhooked {

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-15T12:00:00Z"));
    String subscription;

    @Override
    SandboxOptions options() {
        return SandboxOptions.defaults().withClock(now::get);
    }

    @BeforeEach
    void renewWithoutDelivery() throws StripeException {
        stripe.v1()
                .webhookEndpoints()
                .create(WebhookEndpointCreateParams.builder()
                        .setUrl(receiverUrl())
                        .addEnabledEvent(EnabledEvent.INVOICE__CREATED)
                        .build());
        var customer = customerPayingWith("pm_card_visa").getId();
        var product = json(send("POST", "/v1/products", "name=Gold")).path("id").asString();
        subscription = json(send(
                        "POST",
                        "/v1/subscriptions",
                        "customer=" + customer + "&items[0][price_data][currency]=usd&items[0][price_data][product]="
                                + product
                                + "&items[0][price_data][unit_amount]=900&items[0][price_data][recurring][interval]=month"))
                .path("id")
                .asString();
        Awaitility.await().until(() -> received.size() == 1);
        send("POST", "/_sandbox/webhooks", "{\"hold\":true}");
        pass(Duration.ofDays(31));
        Awaitility.await().until(() -> renewal().getBillingReason().equals("subscription_cycle"));
    }

    Invoice renewal() throws StripeException {
        var latest = stripe.v1().subscriptions().retrieve(subscription).getLatestInvoice();
        return stripe.v1().invoices().retrieve(latest);
    }

    /** Time passes, and what is due by then has been done. */
    void pass(Duration time) throws StripeException {
        var marker = draftOf(customerPayingWith("pm_card_visa"), 100);
        now.set(now.get().plus(time));
        stripe.v1()
                .invoices()
                .update(
                        marker.getId(),
                        InvoiceUpdateParams.builder()
                                .setAutoAdvance(true)
                                .setAutomaticallyFinalizesAt(now.get().getEpochSecond())
                                .build());
        Awaitility.await()
                .until(() -> stripe.v1()
                        .invoices()
                        .retrieve(marker.getId())
                        .getStatus()
                        .equals("paid"));
    }

    @Test
    void waitsAnHourFromTheDeliveryOn() throws StripeException {
        pass(Duration.ofHours(5));
        assertThat(renewal().getStatus()).isEqualTo("draft");
        assertThat(renewal().getWebhooksDeliveredAt()).isNull();
        send("POST", "/_sandbox/webhooks", "{\"hold\":false}");
        var id = renewal().getId();
        Awaitility.await()
                .until(() -> received.stream().anyMatch(one -> one.body().contains(id)));
        Awaitility.await()
                .until(() -> json(send("GET", "/v1/events?delivery_success=false", ""))
                        .path("data")
                        .isEmpty());
        pass(Duration.ofMinutes(1));
        assertThat(renewal().getStatus()).isEqualTo("draft");
        assertThat(renewal().getWebhooksDeliveredAt()).isEqualTo(now.get().getEpochSecond());
        pass(Duration.ofHours(1));
        assertThat(renewal().getStatus()).isEqualTo("paid");
    }

    @Test
    void waitsForThreeDaysAtMost() throws StripeException {
        pass(Duration.ofHours(71));
        assertThat(renewal().getStatus()).isEqualTo("draft");
        pass(Duration.ofHours(1));
        assertThat(renewal().getStatus()).isEqualTo("paid");
    }
}
