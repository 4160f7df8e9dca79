package io.drawdown.wallet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drawdown.events.Topic;
import io.drawdown.events.billing.Invoice;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.WalletOpened;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The first that a wallet ever hears of, at once and on two instances: there is no row yet that one could lock. */
@TestInstance(Lifecycle.PER_CLASS)
class FirstSpendsIT extends WalletIntegrationTest {

    private static final int AT_ONCE = 64;
    private static final int CREATED = 201;
    private static final int PAYMENT_REQUIRED = 402;
    private static final int CONFLICT = 409;
    private static final String OPENING = "{\"accountId\":\"%s\",\"currency\":\"USD\",\"timeZone\":\"UTC\"}";

    private String account;

    @Autowired
    private ConfigurableApplicationContext context;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private WalletTopic topic;

    private ConfigurableApplicationContext other;

    @BeforeAll
    void startAnother() {
        other = anotherInstance();
    }

    @BeforeEach
    void name() {
        account = Outside.unique("acc");
    }

    @AfterAll
    void stopTheOther() {
        other.close();
    }

    @Test
    void neverPassTheFloorWhicheverInstanceTheyMeet() throws Exception {
        var instances = List.of(billing, billingOf(other));
        var opened = statuses(instances, AT_ONCE, "/v1/wallets", "o", OPENING.formatted(account));
        assertThat(opened).containsOnly(CREATED, CONFLICT).containsOnlyOnce(CREATED);
        assertThat(statuses(instances, AT_ONCE, path("/holds"), "early", "{\"amount\":\"5\"}"))
                .as("before there is any credit")
                .containsOnly(PAYMENT_REQUIRED);

        assertThat(statuses(instances, 1, path("/grants"), "g", "{\"amount\":\"100\",\"reason\":\"test\"}"))
                .containsOnly(CREATED);
        assertThat(statuses(instances, AT_ONCE, path("/holds"), "h", "{\"amount\":\"5\"}"))
                .filteredOn(status -> status == CREATED)
                .hasSize(20);
        var shown = new WalletClient(billing, account).show();
        assertThat(shown.path("held").path("amount").asString()).isEqualTo("100.00");
        assertThat(shown.path("available").path("amount").asString()).isEqualTo("0.00");
    }

    /** Each instance has read one of them, decided on what it knows of the wallet, and is about to write when the other is. */
    @Test
    void paymentsThatArriveTogetherAreCreditedOnceEach() {
        var price = Outside.unique("price");
        outside.price(price, "1", "USD", true);
        outside.account(account, "UTC");
        await().untilAsserted(() -> assertThat(List.of(partitionsOf(context), partitionsOf(other)))
                .as("both read invoices")
                .noneMatch(Set::isEmpty));

        publishTogether(price, "5.00", "7.00");
        await().untilAsserted(() -> isCreditedOnceEach("5.00", "7.00"));
        publishTogether(price, "11.00", "13.00");
        await().untilAsserted(() -> isCreditedOnceEach("5.00", "7.00", "11.00", "13.00"));
        publishTogether(price, "17.00", "19.00"); // Behind the repeats, which have been read when these are credited.
        await().untilAsserted(() -> isCreditedOnceEach("5.00", "7.00", "11.00", "13.00", "17.00", "19.00"));
    }

    private void publishTogether(String price, String one, String another) {
        var invoices = List.of(
                invoiceFor(context, () -> outside.paidInvoice(account, price, one, "USD")),
                invoiceFor(other, () -> outside.paidInvoice(account, price, another, "USD")));
        new TransactionTemplate(transactions).executeWithoutResult(_ -> {
            jdbc.sql("lock table wallet_event in share mode").update();
            invoices.forEach(outside::publish);
            await().untilAsserted(() -> assertThat(waitingToWrite()).isGreaterThanOrEqualTo(2));
        });
        invoices.forEach(outside::publish);
    }

    private int waitingToWrite() {
        return jdbc.sql(
                        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
                                + " and query like 'copy wallet_event %'")
                .query((row, _) -> row.getInt(1))
                .single();
    }

    /** One that comes by a partition which this instance reads. */
    private static Invoice invoiceFor(ConfigurableApplicationContext instance, Supplier<Invoice> invoices) {
        var partitions = partitionsOf(instance);
        return Stream.generate(invoices)
                .filter(invoice -> partitions.contains(
                        Utils.toPositive(Utils.murmur2(invoice.getInvoiceId().getBytes(UTF_8)))
                                % Topic.BILLING_INVOICES.partitions()))
                .findFirst()
                .orElseThrow();
    }

    private static Set<Integer> partitionsOf(ConfigurableApplicationContext instance) {
        var listener = instance.getBean(KafkaListenerEndpointRegistry.class).getListenerContainer("invoices");
        return listener.getAssignedPartitions().stream()
                .map(TopicPartition::partition)
                .collect(Collectors.toSet());
    }

    private void isCreditedOnceEach(String... amounts) {
        var events = topic.eventsOf(account);
        assertThat(events).first().isInstanceOf(WalletOpened.class);
        var grants = events.stream().skip(1).map(CreditGranted.class::cast).toList();
        assertThat(grants).extracting(grant -> grant.getAmount().getAmount()).containsExactlyInAnyOrder(amounts);
        assertThat(grants)
                .extracting(CreditGranted::getSequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, amounts.length).boxed().toList());
        var paid = Stream.of(amounts).map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
        for (var instance : List.of(billing, billingOf(other))) {
            assertThat(new WalletClient(instance, account).settled()).isEqualByComparingTo(paid);
        }
    }

    private String path(String below) {
        return "/v1/wallets/wal_" + account + below;
    }

    /** Sends the same again and again, each under a key of its own, to one instance and the other. */
    private static List<Integer> statuses(
            List<WebTestClient> instances, int times, String path, String key, String body) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = new ArrayList<Integer>();
            for (Future<Integer> request : threads.invokeAll(IntStream.range(0, times)
                    .mapToObj(i -> request(instances.get(i % instances.size()), path, key + i, body))
                    .toList())) {
                statuses.add(request.get());
            }
            return statuses;
        }
    }

    private static Callable<Integer> request(WebTestClient instance, String path, String key, String body) {
        return () -> instance.post()
                .uri(path)
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .returnResult(String.class)
                .getStatus()
                .value();
    }
}
