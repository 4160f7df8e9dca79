package io.drawdown.reporting;

import io.drawdown.events.Topic;
import io.drawdown.events.billing.Invoice;
import io.drawdown.events.billing.InvoiceLine;
import io.drawdown.events.billing.InvoiceStatus;
import io.drawdown.events.crm.Account;
import io.drawdown.events.crm.AccountStatus;
import io.drawdown.support.test.ServiceClient;
import io.drawdown.support.test.UsesPlatform;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** The whole service on real servers, one for all integration tests; a test keeps to ids and currencies of its own. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@UsesPlatform
public abstract class ReportingPlatform {

    public static final Instant NOVEMBER = Instant.parse("2026-11-05T12:00:00Z");
    public static final Instant DECEMBER = Instant.parse("2026-12-05T12:00:00Z");

    @LocalServerPort
    private int port;

    @Autowired
    protected JdbcClient jdbc;

    @Autowired
    private KafkaTemplate<String, SpecificRecord> template;

    protected WebTestClient as(String role) {
        return ServiceClient.at(port, role + "-key");
    }

    /** Without any key, as a browser that opens the page. */
    protected ResponseSpec open(String path) {
        return ServiceClient.at(port).build().get().uri(path).exchange();
    }

    protected ResponseSpec get(String role, String path) {
        return as(role).get().uri(path).exchange();
    }

    /** Sends as another service would and waits for the acknowledgements. */
    protected void send(Topic topic, String key, List<? extends SpecificRecord> values) {
        var sending = new ArrayList<CompletableFuture<?>>();
        values.forEach(value -> sending.add(template.send(topic.topicName(), key, value)));
        sending.forEach(CompletableFuture::join);
    }

    protected void send(WalletHistory history) {
        send(Topic.WALLET_EVENTS, history.accountId, history.events());
    }

    protected void send(Invoice invoice) {
        send(Topic.BILLING_INVOICES, invoice.getInvoiceId(), List.of(invoice));
    }

    protected void send(Account account) {
        send(Topic.CRM_ACCOUNTS, account.getAccountId(), List.of(account));
    }

    /** Until all that has been sent is applied, by what the reports say of their age. */
    protected void awaitAll() {
        var sentAt = Instant.now();
        await().until(() -> {
            var asOf = freshness().get("asOf");
            return asOf != null && !Instant.parse(asOf.toString()).isBefore(sentAt);
        });
    }

    private Map<?, ?> freshness() {
        var report = get("finance", "/v1/reports/activity?limit=1")
                .expectBody(Map.class)
                .returnResult()
                .getResponseBody();
        return (Map<?, ?>) report.get("freshness");
    }

    protected static ConditionFactory await() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50));
    }

    protected static String unique(String prefix) {
        return prefix + "_" + UUID.randomUUID().toString().replace("-", "");
    }

    protected static Account account(String accountId, String name) {
        return Account.newBuilder()
                .setAccountId(accountId)
                .setName(name)
                .setEmail("ada@example.test")
                .setCurrency("USD")
                .setStatus(AccountStatus.ACTIVE)
                .setCreatedAt(NOVEMBER)
                .setUpdatedAt(NOVEMBER)
                .build();
    }

    protected static Invoice.Builder invoice(String invoiceId, String currency, String total) {
        return Invoice.newBuilder()
                .setInvoiceId(invoiceId)
                .setCustomerId("cus_1")
                .setStatus(InvoiceStatus.OPEN)
                .setCurrency(currency)
                .setSubtotal(total)
                .setTotal(total)
                .setAmountPaid("0")
                .setAmountRemaining(total)
                .setLines(
                        List.of(new InvoiceLine("il_" + invoiceId, "Credits", "price_1", "prod_1", "1", total, total)))
                .setCreatedAt(NOVEMBER)
                .setFinalizedAt(NOVEMBER)
                .setSeenAt(NOVEMBER);
    }

    protected static Invoice.Builder paid(Invoice.Builder invoice, Instant paidAt) {
        return invoice.setStatus(InvoiceStatus.PAID)
                .setAmountPaid(invoice.getTotal())
                .setAmountRemaining("0")
                .setPaidAt(paidAt)
                .setSeenAt(paidAt);
    }
}
