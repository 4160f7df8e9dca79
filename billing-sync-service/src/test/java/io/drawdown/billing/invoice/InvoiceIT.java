package io.drawdown.billing.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.param.CustomerUpdateParams;
import io.drawdown.billing.SyncPlatform;
import io.drawdown.events.ReleasedVersions;
import io.drawdown.events.billing.Customer;
import io.drawdown.events.billing.Invoice;
import io.drawdown.events.billing.InvoiceStatus;
import io.drawdown.events.billing.Payment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class InvoiceIT extends SyncPlatform {

    final String account = unique("acc");

    @Autowired
    JdbcClient jdbc;

    @Test
    void publishesAnInvoiceWithItsAccountUntilItIsPaid() {
        var invoice = stripe.paidInvoice(customerWithCard(), "usd", 4500);

        var paid = awaitStatus(invoice, InvoiceStatus.PAID);

        assertThat(paid.getAccountId()).isEqualTo(account);
        assertThat(paid.getTotal()).isEqualTo("45.00");
        assertThat(paid.getAmountPaid()).isEqualTo("45.00");
        assertThat(paid.getAmountRemaining()).isEqualTo("0.00");
        assertThat(paid.getCurrency()).isEqualTo("USD");
        assertThat(paid.getPaidAt()).isNotNull();
        assertThat(paid.getReplenishmentId()).isNull();
        assertThat(paid.getPayments()).singleElement().satisfies(payment -> {
            assertThat(payment.getAmount()).isEqualTo("45.00");
            assertThat(payment.getPaymentId()).startsWith("pi_");
            assertThat(payment.getPaidAt()).isBetween(paid.getCreatedAt(), paid.getSeenAt());
        });
        assertThat(paid.getLines()).singleElement().satisfies(line -> {
            assertThat(line.getSubtotal()).isEqualTo("45.00");
            assertThat(line.getAmount()).isEqualTo("45.00");
        });
    }

    @Test
    void publishesThePaymentWithTheInvoiceItPays() {
        var invoice = stripe.paidInvoice(customerWithCard(), "usd", 1200);

        var payment = published.await(
                Payment.class, seen -> invoice.equals(seen.getInvoiceId()) && "succeeded".equals(seen.getStatus()));

        assertThat(payment.getAccountId()).isEqualTo(account);
        assertThat(payment.getAmountReceived().getAmount()).isEqualTo("12.00");
    }

    @Test
    void keepsACurrencyWithoutDecimalsWhole() {
        var invoice = stripe.paidInvoice(customerWithCard(), "jpy", 4500);

        assertThat(awaitStatus(invoice, InvoiceStatus.PAID).getTotal()).isEqualTo("4500");
    }

    @Test
    void endsInTheRightStateWhenEventsComeShuffledAndTwice() {
        var customer = customerWithCard();
        stripe.shuffleWebhooks();
        stripe.duplicateWebhooks();
        var invoices = List.of(
                stripe.paidInvoice(customer, "usd", 100),
                stripe.paidInvoice(customer, "usd", 200),
                stripe.paidInvoice(customer, "usd", 300));

        invoices.forEach(invoice -> awaitStatus(invoice, InvoiceStatus.PAID));
        stripe.endTroubles();
        awaitQuiet();
        for (var invoice : invoices) {
            var states =
                    published.all(Invoice.class, seen -> seen.getInvoiceId().equals(invoice));
            assertThat(states.getLast().getStatus()).isEqualTo(InvoiceStatus.PAID);
            assertThat(states).extracting(Invoice::getSeenAt).isSorted();
        }
    }

    @Test
    void namesTheAccountLaterWhenTheCustomerIsClaimedLater() {
        var customer = stripe.createCustomer(emailOf(account), Map.of()).getId();
        var invoice = stripe.draft(customer, "usd", 700);
        var unowned = published.await(Invoice.class, seen -> seen.getInvoiceId().equals(invoice));
        assertThat(unowned.getAccountId()).isNull();

        stripe.call(client -> client.v1()
                .customers()
                .update(
                        customer,
                        CustomerUpdateParams.builder()
                                .putMetadata("drawdown_account_id", account)
                                .build()));

        published.await(
                Invoice.class, seen -> seen.getInvoiceId().equals(invoice) && account.equals(seen.getAccountId()));
    }

    @Test
    void tellsOfALaterStateAsSeenLaterAlthoughTheClockWentBack() {
        var invoice = stripe.draft(customerWithCard(), "usd", 700);
        awaitStatus(invoice, InvoiceStatus.DRAFT);
        var ahead = clock.instant().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);
        jdbc.sql("update mirrored_object set seen_at = ? where object_id = ?")
                .params(Timestamp.from(ahead), invoice)
                .update();

        stripe.call(client -> client.v1().invoices().delete(invoice));

        assertThat(awaitStatus(invoice, InvoiceStatus.DELETED).getSeenAt()).isAfter(ahead);
    }

    @Test
    void saysSoWhenADraftIsDeleted() {
        var invoice = stripe.draft(customerWithCard(), "usd", 700);
        awaitStatus(invoice, InvoiceStatus.DRAFT);

        stripe.call(client -> client.v1().invoices().delete(invoice));

        awaitStatus(invoice, InvoiceStatus.DELETED);
    }

    @Test
    void saysSoOfADraftThatAnOlderVersionWasTheLastToPublish() {
        var invoice = stripe.draft(customerWithCard(), "usd", 700);
        var draft = awaitStatus(invoice, InvoiceStatus.DRAFT);
        store(invoice, asTheFirstVersionWroteIt(contentOf(invoice)));

        stripe.call(client -> client.v1().invoices().delete(invoice));

        var deleted = awaitStatus(invoice, InvoiceStatus.DELETED);
        assertThat(deleted.getAccountId()).isEqualTo(account);
        assertThat(deleted.getLines()).isEqualTo(draft.getLines());
        assertThat(deleted.getPayments()).isEmpty();
    }

    private byte[] contentOf(String invoice) {
        return jdbc.sql("select content from mirrored_object where object_id = ?")
                .params(invoice)
                .query((row, _) -> row.getBytes(1))
                .single();
    }

    private void store(String invoice, byte[] content) {
        jdbc.sql("update mirrored_object set content = ? where object_id = ?")
                .params(content, invoice)
                .update();
    }

    /** It did not list payments yet. */
    private static byte[] asTheFirstVersionWroteIt(byte[] content) {
        var first = ReleasedVersions.of(Invoice.class.getName()).getFirst();
        assertThat(first.getField("payments")).isNull();
        var decoder = new BinaryMessageDecoder<GenericRecord>(new GenericData(), first);
        decoder.addSchema(Invoice.getClassSchema());
        try {
            return new BinaryMessageEncoder<GenericRecord>(new GenericData(), first)
                    .encode(decoder.decode(content))
                    .array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String customerWithCard() {
        publishAccount(account, "Acme");
        var customer = published
                .await(Customer.class, seen -> account.equals(seen.getAccountId()))
                .getCustomerId();
        stripe.giveCard(customer, "pm_card_visa");
        return customer;
    }

    private Invoice awaitStatus(String invoice, InvoiceStatus status) {
        return published.await(
                Invoice.class, seen -> seen.getInvoiceId().equals(invoice) && seen.getStatus() == status);
    }

    private void awaitQuiet() {
        Awaitility.await()
                .during(Duration.ofMillis(700))
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> as("billing")
                        .get()
                        .uri("/v1/sync")
                        .exchange()
                        .expectBody()
                        .jsonPath("$.refreshes.waiting")
                        .isEqualTo(0));
    }
}
