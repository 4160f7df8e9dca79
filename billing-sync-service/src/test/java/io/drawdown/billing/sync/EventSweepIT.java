package io.drawdown.billing.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.stripe.param.billing.MeterEventCreateParams;
import com.stripe.param.v2.core.EventListParams;
import io.drawdown.billing.SyncPlatform;
import io.drawdown.billing.settings.SyncProperties;
import io.drawdown.billing.webhook.EventInbox;
import io.drawdown.billing.work.SyncRuns;
import io.drawdown.events.billing.Customer;
import io.drawdown.events.billing.Invoice;
import io.drawdown.events.billing.InvoiceStatus;
import io.drawdown.events.billing.StripeEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventSweepIT extends SyncPlatform {

    final String account = unique("acc");

    @Autowired
    EventSweep sweep;

    @Autowired
    EventFeed feed;

    @Autowired
    EventInbox inbox;

    @Autowired
    SyncRuns runs;

    @Autowired
    SyncProperties properties;

    @Test
    void fetchesWhatEveryWebhookMissed() {
        stripe.loseWebhooks();
        var customer = stripe.createCustomer(emailOf(account), Map.of("drawdown_account_id", account))
                .getId();

        sweep.sweep();

        assertThat(published
                        .await(Customer.class, seen -> account.equals(seen.getAccountId()))
                        .getCustomerId())
                .isEqualTo(customer);
        assertThat(published.all(StripeEvent.class, seen -> seen.getObjectId().equals(customer)))
                .isEmpty();
    }

    @Test
    void learnsOfAPaymentWhoseEveryWebhookWasLost() {
        stripe.loseWebhooks();
        var customer = stripe.createCustomer(emailOf(account), Map.of("drawdown_account_id", account))
                .getId();
        stripe.giveCard(customer, "pm_card_visa");
        var invoice = stripe.paidInvoice(customer, "usd", 4500);

        sweep.sweep();

        published.await(
                Invoice.class,
                seen -> seen.getInvoiceId().equals(invoice)
                        && seen.getStatus() == InvoiceStatus.PAID
                        && account.equals(seen.getAccountId()));
    }

    @Test
    void readsAReportOnMeterEventsWhoseEveryWebhookWasLost() {
        stripe.loseWebhooks();
        var identifier = unique("lost");
        stripe.call(client -> client.v1()
                .billing()
                .meterEvents()
                .create(MeterEventCreateParams.builder()
                        .setEventName(unique("nowhere"))
                        .setIdentifier(identifier)
                        .putPayload("value", "1")
                        .putPayload("stripe_customer_id", "cus_nobody")
                        .build()));
        var report = await().atMost(Duration.ofSeconds(10)).until(() -> reportOn(identifier), Optional::isPresent);

        sweep.sweep();
        sweep.sweep();

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(errorReports())
                        .filteredOn(shown -> shown.path("eventId").asString().equals(report.orElseThrow()))
                        .singleElement()
                        .satisfies(shown ->
                                assertThat(shown.path("errors").asInt()).isPositive()));
    }

    private Optional<String> reportOn(String identifier) {
        return stripe
                .call(client -> client.v2()
                        .core()
                        .events()
                        .list(EventListParams.builder()
                                .addType("v1.billing.meter.no_meter_found")
                                .build()))
                .getData()
                .stream()
                .map(event -> event.getId())
                .filter(id -> stripe.call(client -> client.v2().core().events().retrieve(id))
                        .getLastResponse()
                        .body()
                        .contains(identifier))
                .findFirst();
    }

    private List<JsonNode> errorReports() {
        return List.copyOf(JsonMapper.shared()
                .readTree(as("billing")
                        .get()
                        .uri("/v1/meter-events/error-reports")
                        .exchange()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody())
                .values());
    }

    @Test
    void skipsNothingAlthoughOurClockIsAhead() {
        var ahead = new EventSweep(feed, inbox, runs, properties, Clock.offset(clock, Duration.ofDays(2)));
        stripe.loseWebhooks();
        stripe.createCustomer(emailOf(unique("other")), Map.of());
        ahead.sweep();
        stripe.createCustomer(emailOf(account), Map.of("drawdown_account_id", account));

        ahead.sweep();

        published.await(Customer.class, seen -> account.equals(seen.getAccountId()));
    }

    @Test
    void staysWhereItWasWhenNothingWasListed() {
        var known = Instant.parse("2026-11-02T10:00:00Z");
        var run = unique("run");
        runs.finished(run, known, 1, clock.instant());

        runs.finished(run, null, 0, clock.instant());

        assertThat(runs.position(run)).contains(known);
    }

    @Test
    void findsNothingInWhatWebhooksHaveBrought() {
        var customer = stripe.createCustomer(emailOf(account), Map.of("drawdown_account_id", account));
        published.await(Customer.class, seen -> customer.getId().equals(seen.getCustomerId()));

        sweep.sweep();
        sweep.sweep();

        as("billing")
                .get()
                .uri("/v1/sync")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.eventsSwept.found")
                .isEqualTo(0)
                .jsonPath("$.eventsSwept.finishedAt")
                .isNotEmpty()
                .jsonPath("$.lastWebhookAt")
                .isNotEmpty();
        assertThat(published.all(Customer.class, seen -> customer.getId().equals(seen.getCustomerId())))
                .hasSize(1);
    }

    @Test
    void saysWhyASweepCameToNothingAndGoesOnFromTheSamePlace() {
        stripe.loseWebhooks();
        stripe.createCustomer(emailOf(account), Map.of("drawdown_account_id", account));
        stripe.trouble("error-before", "GET", "/v1/events", 503, 3);

        sweep.sweep();

        as("billing")
                .get()
                .uri("/v1/sync")
                .exchange()
                .expectBody()
                .jsonPath("$.eventsSwept.lastError")
                .value(error -> assertThat(String.valueOf(error)).contains("503"));
        sweep.sweep();
        published.await(Customer.class, seen -> account.equals(seen.getAccountId()));
    }
}
