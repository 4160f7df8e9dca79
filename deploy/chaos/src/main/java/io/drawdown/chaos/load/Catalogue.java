package io.drawdown.chaos.load;

import io.drawdown.demo.client.Environment;
import io.drawdown.demo.client.StripeApi;
import io.drawdown.events.Topic;
import io.drawdown.events.catalog.CreditTerms;
import io.drawdown.events.catalog.Meter;
import io.drawdown.events.catalog.Price;
import io.drawdown.events.catalog.PriceKind;
import io.drawdown.events.catalog.PriceMapping;
import io.drawdown.events.catalog.Rollover;
import io.drawdown.events.crm.Account;
import io.drawdown.events.crm.AccountStatus;
import io.drawdown.wire.avro.AvroSerializer;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The accounts, meters and prices of the run, on the topics from which the services learn of them.
 *
 * @param meterIds Stripe's, which all services use
 * @param creditPriceId of the price that sells credit
 */
public record Catalogue(Map<ChaosMeter, String> meterIds, String creditPriceId) {

    /** How much is given besides what is bought at that price, as a share of it. */
    public static final BigDecimal BONUS = new BigDecimal("0.1");

    /** How long what is bought at that price may be spent: across a change of the clock, where it is changed twice a year. */
    public static final Period CREDIT_LASTS = Period.ofMonths(6);

    private static final String ROLLS_OVER_FOR = "P7D";

    /** The id of a meter. */
    public String meterId(ChaosMeter meter) {
        return String.valueOf(meterIds.get(meter));
    }

    /** The meter of an id. */
    public Optional<ChaosMeter> meter(String meterId) {
        return meterIds.entrySet().stream()
                .filter(entry -> entry.getValue().equals(meterId))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Makes meters in Stripe, and all known to the services. */
    static Catalogue publish(Environment environment, Map<String, ZoneId> accounts) {
        var credit = creditPrice(environment.stripe());
        var catalogue = new Catalogue(metersIn(environment.stripe()), credit.getPriceId());
        try (var topics = topics(environment)) {
            send(topics, Topic.CATALOG_PRICES, credit.getPriceId(), credit);
            for (var meter : catalogue.meterIds.keySet()) {
                send(topics, Topic.CATALOG_PRICES, priceId(meter), catalogue.usagePrice(meter));
                send(topics, Topic.CATALOG_METERS, catalogue.meterId(meter), catalogue.meter(meter, true));
            }
            accounts.forEach((id, zone) -> send(topics, Topic.CRM_ACCOUNTS, id, account(id, zone)));
        }
        return catalogue;
    }

    private static Map<ChaosMeter, String> metersIn(StripeApi stripe) {
        var ids = new EnumMap<ChaosMeter, String>(ChaosMeter.class);
        Stream.of(ChaosMeter.values()).filter(ChaosMeter::exists).forEach(meter -> {
            var made = stripe.post(
                    "/v1/billing/meters",
                    Map.of(
                            "display_name", meter.eventName(),
                            "event_name", meter.eventName(),
                            "default_aggregation[formula]", "sum"));
            ids.put(meter, made.get("id").asString());
        });
        return ids;
    }

    /** Gives a meter its price, or takes it away. */
    void setPriced(Environment environment, ChaosMeter meter, boolean priced) {
        try (var topics = topics(environment)) {
            send(topics, Topic.CATALOG_METERS, meterId(meter), meter(meter, priced));
        }
    }

    private static KafkaProducer<String, SpecificRecord> topics(Environment environment) {
        var settings = Map.<String, Object>of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, environment.kafka());
        var serializer = new AvroSerializer<SpecificRecord>();
        serializer.configure(Map.of("schema.registry.url", environment.url("schemaRegistry")), false);
        return new KafkaProducer<>(settings, new StringSerializer(), serializer);
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
        return price(price, product, PriceKind.ONE_OFF, new Rate.PerUnit("1"))
                .setCreditGrant(true)
                .setCreditTerms(List.of(terms()))
                .build();
    }

    private static CreditTerms terms() {
        return CreditTerms.newBuilder()
                .setEffectiveAt(Instant.EPOCH)
                .setValidFor(CREDIT_LASTS.toString())
                .setBonusShare(BONUS.toPlainString())
                .setRollover(new Rollover(null, "0.5", ROLLS_OVER_FOR))
                .build();
    }

    private Price usagePrice(ChaosMeter meter) {
        return price(priceId(meter), "prod_chaos", PriceKind.METERED, meter.rate())
                .setMeterId(meterId(meter))
                .setCreditGrant(false)
                .build();
    }

    private static Price.Builder price(String id, String product, PriceKind kind, Rate rate) {
        var price = Price.newBuilder()
                .setPriceId(id)
                .setProductId(product)
                .setKind(kind)
                .setCurrency("USD")
                .setActive(true)
                .setUpdatedAt(Instant.now());
        rate.describe(price);
        return price;
    }

    private static String priceId(ChaosMeter meter) {
        return "price_" + meter.eventName();
    }

    private Meter meter(ChaosMeter meter, boolean priced) {
        return Meter.newBuilder()
                .setMeterId(meterId(meter))
                .setEventName(meter.eventName())
                .setDisplayName(meter.eventName())
                .setAggregation(meter.aggregation())
                .setValueKey("value")
                .setActive(true)
                .setPriceMappings(
                        priced ? List.of(new PriceMapping(priceId(meter), "prod_chaos", Instant.EPOCH)) : List.of())
                .setUpdatedAt(Instant.now())
                .build();
    }

    private static Account account(String id, ZoneId zone) {
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
                .setTimeZone(zone.getId())
                .setCreatedAt(now)
                .setUpdatedAt(now)
                .build();
    }
}
