package io.drawdown.bench.ledger;

import io.drawdown.bench.prepare.TopicFill;
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
import io.drawdown.local.platform.Environment;
import io.drawdown.wire.avro.AvroSerializer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** One meter, rated at one cent a unit: what the ledger must know to rate the benchmark's usage. */
public final class Catalogue {

    /** The meter's id. */
    public static final String METER = "mtr_bench";
    /** What the meter's usage is reported as. */
    public static final String EVENT = "bench";

    private static final String PRICE = "price_bench";

    private Catalogue() {}

    /** Makes the meter and its price known. */
    public static void publish(Environment environment) {
        var settings = Map.<String, Object>of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, environment.kafka());
        var serializer = new AvroSerializer<SpecificRecord>();
        serializer.configure(Map.of("schema.registry.url", environment.urls().get("schemaRegistry")), false);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), serializer)) {
            producer.send(new ProducerRecord<>(Topic.CATALOG_PRICES.topicName(), PRICE, price()))
                    .get();
            producer.send(new ProducerRecord<>(Topic.CATALOG_METERS.topicName(), METER, meter()))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka did not take the catalogue: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while publishing the catalogue", e);
        }
    }

    /** Makes accounts known to the gate. */
    public static void publishAccounts(Environment environment, List<String> ids) {
        TopicFill.of(environment).fill(ids.size(), number -> account(ids.get(Math.toIntExact(number))), _ -> {});
    }

    private static ProducerRecord<String, Account> account(String id) {
        var now = Instant.now();
        var account = Account.newBuilder()
                .setAccountId(id)
                .setName(id)
                .setEmail(id + "@example.com")
                .setCurrency("USD")
                .setStatus(AccountStatus.ACTIVE)
                .setExternalKeys(List.of())
                .setCreatedAt(now)
                .setUpdatedAt(now)
                .build();
        return new ProducerRecord<>(Topic.CRM_ACCOUNTS.topicName(), id, account);
    }

    private static Price price() {
        return new Price(
                PRICE,
                "prod_bench",
                PriceKind.METERED,
                PricingScheme.PER_UNIT,
                new Money("0.01", "USD"),
                null,
                List.of(),
                "USD",
                METER,
                false,
                true,
                Instant.now(),
                List.of());
    }

    private static Meter meter() {
        var mapping = new PriceMapping(PRICE, "prod_bench", Instant.EPOCH);
        return new Meter(METER, EVENT, "Bench", Aggregation.SUM, "value", true, List.of(mapping), Instant.now());
    }
}
