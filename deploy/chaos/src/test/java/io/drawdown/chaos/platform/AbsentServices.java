package io.drawdown.chaos.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drawdown.demo.client.Environment;
import io.drawdown.events.Money;
import io.drawdown.events.Topic;
import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.catalog.Meter;
import io.drawdown.events.catalog.Price;
import io.drawdown.events.catalog.PriceKind;
import io.drawdown.events.catalog.PriceMapping;
import io.drawdown.events.catalog.PricingScheme;
import io.drawdown.events.crm.Account;
import io.drawdown.events.crm.AccountStatus;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.wire.avro.AvroSerializer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;

/** The services that do not run here, as the others see them: what they put on their topics. */
public final class AbsentServices implements AutoCloseable {

    private final KafkaProducer<String, SpecificRecord> topics;
    private final Map<Integer, Long> sourceOffsets = new HashMap<>();
    private long usages;

    AbsentServices(Environment environment) {
        var values = new AvroSerializer<SpecificRecord>();
        values.configure(Map.of("schema.registry.url", environment.url("schemaRegistry")), false);
        var settings = Map.<String, Object>of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, environment.kafka());
        topics = new KafkaProducer<>(settings, new StringSerializer(), values);
    }

    /** An account, as crm-service tells of it. */
    public void account(String id, String currency) {
        var now = Instant.now();
        var account = Account.newBuilder()
                .setAccountId(id)
                .setName(id)
                .setEmail(id + "@example.com")
                .setCurrency(currency)
                .setStatus(AccountStatus.ACTIVE)
                .setTimeZone("UTC")
                .setCreatedAt(now)
                .setUpdatedAt(now)
                .build();
        send(Topic.CRM_ACCOUNTS, id, account);
    }

    /** A meter, and its price for each unit. */
    public void meter(String id, String unitAmount, String currency) {
        var price =
                price("price_" + id, PriceKind.METERED, unitAmount, currency).build();
        send(Topic.CATALOG_PRICES, price.getPriceId(), price);
        var meter = Meter.newBuilder()
                .setMeterId(id)
                .setEventName(id)
                .setDisplayName(id)
                .setAggregation(Aggregation.SUM)
                .setValueKey("value")
                .setActive(true)
                .setPriceMappings(List.of(new PriceMapping(price.getPriceId(), price.getProductId(), Instant.EPOCH)))
                .setUpdatedAt(Instant.now())
                .build();
        send(Topic.CATALOG_METERS, id, meter);
    }

    /** A price of Stripe's at which credit is sold, for so much each. */
    public void creditPrice(String id, String unitAmount, String currency) {
        var price = price(id, PriceKind.ONE_OFF, unitAmount, currency)
                .setCreditGrant(true)
                .build();
        send(Topic.CATALOG_PRICES, id, price);
    }

    private static Price.Builder price(String id, PriceKind kind, String unitAmount, String currency) {
        return Price.newBuilder()
                .setPriceId(id)
                .setProductId("prod_" + id)
                .setKind(kind)
                .setScheme(PricingScheme.PER_UNIT)
                .setUnitAmount(new Money(unitAmount, currency))
                .setCurrency(currency)
                .setCreditGrant(false)
                .setActive(true)
                .setUpdatedAt(Instant.now());
    }

    /** New usage of an account, as the gate lets it through; returns its id. */
    public String usage(String account, String meter, String value) {
        int partition = partitionOf(account);
        var now = Instant.now();
        var usage = UsageAccepted.newBuilder()
                .setId("use-" + usages++)
                .setSource("/chaos")
                .setAccountId(account)
                .setMeterId(meter)
                .setValue(value)
                .setOccurredAt(now)
                .setAcceptedAt(now)
                .setSourcePartition(partition)
                .setSourceOffset(sourceOffsets.merge(partition, 1L, Long::sum))
                .build();
        send(new ProducerRecord<>(Topic.Name.USAGE_ACCEPTED, partition, account, usage));
        return usage.getId();
    }

    /** Where an account's usage goes. */
    public static int partitionOf(String account) {
        return Utils.toPositive(Utils.murmur2(account.getBytes(UTF_8))) % Topic.USAGE_ACCEPTED.partitions();
    }

    private void send(Topic topic, String key, SpecificRecord value) {
        send(new ProducerRecord<>(topic.topicName(), key, value));
    }

    private void send(ProducerRecord<String, SpecificRecord> sent) {
        try {
            topics.send(sent).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka did not take " + sent.key() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sending " + sent.key(), e);
        }
    }

    @Override
    public void close() {
        topics.close();
    }
}
