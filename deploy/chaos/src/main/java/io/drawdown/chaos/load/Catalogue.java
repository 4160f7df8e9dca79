package io.drawdown.chaos.load;

import io.drawdown.demo.client.Environment;
import io.drawdown.demo.client.StripeApi;
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
import io.drawdown.wire.avro.AvroSerializer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** The accounts, meters and prices of the run, on the topics from which the services learn of them. */
public final class Catalogue {

    /** What one unit of each meter costs, by the name under which its usage is reported. */
    public static final Map<String, BigDecimal> UNIT_PRICES =
            Map.of("chaos_calls", new BigDecimal("0.01"), "chaos_tokens", new BigDecimal("0.0035"));

    private Catalogue() {}

    /** The id of a meter. */
    public static String meterId(String meter) {
        return "mtr_" + meter;
    }

    static void publish(Environment environment, List<String> accounts) {
        var settings = Map.<String, Object>of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, environment.kafka());
        var serializer = new AvroSerializer<SpecificRecord>();
        serializer.configure(Map.of("schema.registry.url", environment.url("schemaRegistry")), false);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), serializer)) {
            var credit = creditPrice(environment.stripe());
            send(producer, Topic.CATALOG_PRICES, credit.getPriceId(), credit);
            for (var meter : UNIT_PRICES.keySet()) {
                send(producer, Topic.CATALOG_PRICES, priceId(meter), usagePrice(meter));
                send(producer, Topic.CATALOG_METERS, meterId(meter), meter(meter));
            }
            for (var account : accounts) {
                send(producer, Topic.CRM_ACCOUNTS, account, account(account));
            }
        }
    }

    private static void send(
            KafkaProducer<String, SpecificRecord> producer, Topic topic, String key, SpecificRecord value) {
        try {
            producer.send(new ProducerRecord<>(topic.topicName(), key, value)).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka did not take " + key + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while publishing " + key, e);
        }
    }

    /** One that exists in Stripe too, so that an invoice can sell by it. */
    private static Price creditPrice(StripeApi stripe) {
        var product =
                stripe.post("/v1/products", Map.of("name", "Credits")).get("id").asString();
        var price = stripe.post("/v1/prices", Map.of("product", product, "currency", "usd", "unit_amount", "100"))
                .get("id")
                .asString();
        return price(price, product, PriceKind.ONE_OFF, "1")
                .setCreditGrant(true)
                .build();
    }

    private static Price usagePrice(String meter) {
        return price(
                        priceId(meter),
                        "prod_chaos",
                        PriceKind.METERED,
                        unitPrice(meter).toPlainString())
                .setMeterId(meterId(meter))
                .setCreditGrant(false)
                .build();
    }

    /** What one unit costs; nothing for a meter that is not there. */
    public static BigDecimal unitPrice(String meter) {
        return UNIT_PRICES.getOrDefault(meter, BigDecimal.ZERO);
    }

    private static Price.Builder price(String id, String product, PriceKind kind, String unitAmount) {
        return Price.newBuilder()
                .setPriceId(id)
                .setProductId(product)
                .setKind(kind)
                .setScheme(PricingScheme.PER_UNIT)
                .setUnitAmount(new Money(unitAmount, "USD"))
                .setCurrency("USD")
                .setActive(true)
                .setUpdatedAt(Instant.now());
    }

    private static String priceId(String meter) {
        return "price_" + meter;
    }

    private static Meter meter(String meter) {
        return Meter.newBuilder()
                .setMeterId(meterId(meter))
                .setEventName(meter)
                .setDisplayName(meter)
                .setAggregation(Aggregation.SUM)
                .setValueKey("value")
                .setActive(true)
                .setPriceMappings(List.of(new PriceMapping(priceId(meter), "prod_chaos", Instant.EPOCH)))
                .setUpdatedAt(Instant.now())
                .build();
    }

    private static Account account(String id) {
        var now = Instant.now();
        return Account.newBuilder()
                .setAccountId(id)
                .setName("Chaos " + id)
                .setEmail(id + "@example.com")
                .setOwner(null)
                .setCurrency("USD")
                .setStatus(AccountStatus.ACTIVE)
                .setStripeCustomerId(null)
                .setExternalKeys(List.of())
                .setCreatedAt(now)
                .setUpdatedAt(now)
                .build();
    }
}
