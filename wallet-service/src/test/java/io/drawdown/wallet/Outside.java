package io.drawdown.wallet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drawdown.events.Money;
import io.drawdown.events.Topic;
import io.drawdown.events.billing.Invoice;
import io.drawdown.events.billing.InvoiceLine;
import io.drawdown.events.billing.InvoiceStatus;
import io.drawdown.events.billing.PaymentReversal;
import io.drawdown.events.billing.ReplenishmentFailed;
import io.drawdown.events.billing.ReplenishmentWaiting;
import io.drawdown.events.billing.ReversalKind;
import io.drawdown.events.billing.ReversalState;
import io.drawdown.events.billing.ReversedLine;
import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.catalog.CreditTerms;
import io.drawdown.events.catalog.Meter;
import io.drawdown.events.catalog.Price;
import io.drawdown.events.catalog.PriceKind;
import io.drawdown.events.catalog.PriceMapping;
import io.drawdown.events.catalog.PriceTier;
import io.drawdown.events.catalog.PricingScheme;
import io.drawdown.events.crm.Account;
import io.drawdown.events.crm.AccountStatus;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.events.usage.UsageMeasure;
import io.drawdown.events.usage.VoidedText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.kafka.core.KafkaTemplate;

/** The other services, as this one sees them: what they put on its topics. */
@TestComponent
public class Outside {

    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final Map<Integer, AtomicLong> SOURCE_OFFSETS = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final KafkaTemplate<String, SpecificRecord> kafka;

    Outside(KafkaTemplate<String, SpecificRecord> kafka) {
        // Not observed: an observation would begin a trace of its own and hide the one that a test gives.
        this.kafka = new KafkaTemplate<>(kafka.getProducerFactory());
    }

    /** A name that no other test uses. */
    public static String unique(String what) {
        return what + "-" + NUMBERS.incrementAndGet();
    }

    /** A meter, rated by a new price of so much a unit since long ago. */
    public String meteredAt(String unitAmount, String currency) {
        var meter = unique("mtr");
        var price = unique("price");
        price(price, unitAmount, currency, false);
        meter(meter, mapping(price, LONG_AGO));
        return meter;
    }

    public void meter(String meterId, PriceMapping... mappings) {
        meter(meterId, Aggregation.SUM, mappings);
    }

    public void meter(String meterId, Aggregation aggregation, PriceMapping... mappings) {
        var meter = new Meter(meterId, meterId, meterId, aggregation, "value", true, List.of(mappings), Instant.now());
        send(Topic.CATALOG_METERS, meterId, meter);
    }

    public static PriceMapping mapping(String priceId, Instant effectiveAt) {
        return new PriceMapping(priceId, "prod", effectiveAt);
    }

    public void price(String priceId, String unitAmount, String currency, boolean creditGrant) {
        price(priceId, PricingScheme.PER_UNIT, new Money(unitAmount, currency), currency, creditGrant);
    }

    public void price(
            String priceId, PricingScheme scheme, @Nullable Money unitAmount, String currency, boolean creditGrant) {
        var price = price(priceId, scheme, currency);
        price.setKind(creditGrant ? PriceKind.ONE_OFF : PriceKind.METERED);
        price.setUnitAmount(unitAmount);
        price.setCreditGrant(creditGrant);
        send(Topic.CATALOG_PRICES, priceId, price);
    }

    /** A new price whose credit, at one a unit, has these terms. */
    public String creditPrice(String currency, CreditTerms... terms) {
        var price = price(unique("price"), PricingScheme.PER_UNIT, currency);
        price.setKind(PriceKind.ONE_OFF);
        price.setUnitAmount(new Money("1", currency));
        price.setCreditGrant(true);
        price.setCreditTerms(List.of(terms));
        send(Topic.CATALOG_PRICES, price.getPriceId(), price);
        return price.getPriceId();
    }

    private static Price price(String priceId, PricingScheme scheme, String currency) {
        var price = new Price();
        price.setPriceId(priceId);
        price.setProductId("prod");
        price.setKind(PriceKind.METERED);
        price.setScheme(scheme);
        price.setTiers(List.of());
        price.setCreditTerms(List.of());
        price.setCurrency(currency);
        price.setActive(true);
        price.setUpdatedAt(Instant.now());
        return price;
    }

    /** A meter, rated since long ago by a new price of tiers: what each is up to (the last is open) and costs a unit. */
    public String meteredByTiers(Aggregation aggregation, PricingScheme scheme, String currency, PriceTier... tiers) {
        var price = price(unique("price"), scheme, currency);
        price.setTiers(List.of(tiers));
        send(Topic.CATALOG_PRICES, price.getPriceId(), price);
        var meter = unique("mtr");
        meter(meter, aggregation, mapping(price.getPriceId(), LONG_AGO));
        return meter;
    }

    /** Replaces usage that was accepted. */
    public UsageCorrected replace(UsageAccepted usage, String value) {
        return replace(usage, value, usage.getOccurredAt());
    }

    /** Replaces usage that was accepted by some of another time. */
    public UsageCorrected replace(UsageAccepted usage, String value, Instant occurredAt) {
        return correct(usage, new UsageMeasure(value, occurredAt, Map.of()), null);
    }

    /** Voids usage that was accepted. */
    public UsageCorrected voidUsage(UsageAccepted usage) {
        return correct(usage, null, null);
    }

    /**
     * Voids one of a text's usages.
     *
     * @param bearer what stands for the text in the sums
     * @param stays whether it goes on, because others of the text are left
     */
    public UsageCorrected voidText(UsageAccepted voided, UsageAccepted bearer, boolean stays) {
        var measure = new UsageMeasure(bearer.getValue(), bearer.getOccurredAt(), Map.of());
        var text = VoidedText.newBuilder()
                .setUsageId(voided.getId())
                .setUsageSource(voided.getSource())
                .setUsagePosition(voided.getSourceOffset())
                .setText(voided.getText())
                .setOccurredAt(voided.getOccurredAt())
                .build();
        return correct(bearer, stays ? measure : null, text);
    }

    private UsageCorrected correct(UsageAccepted usage, @Nullable UsageMeasure after, @Nullable VoidedText voided) {
        var corrected = UsageCorrected.newBuilder()
                .setId(unique("cor"))
                .setAccountId(usage.getAccountId())
                .setMeterId(usage.getMeterId())
                .setUsageId(usage.getId())
                .setUsageSource(usage.getSource())
                .setUsagePosition(usage.getSourceOffset())
                .setBefore(new UsageMeasure(usage.getValue(), usage.getOccurredAt(), Map.of()))
                .setAfter(after)
                .setVoided(voided)
                .setReason("reported wrongly")
                .setRequestedBy("backend")
                .setAcceptedAt(Instant.parse("2026-11-20T10:00:02Z"))
                .setSourcePartition(usage.getSourcePartition())
                .setSourceOffset(nextOffset(usage.getSourcePartition()))
                .build();
        accept(corrected);
        return corrected;
    }

    /** Puts a correction on usage.accepted.v1, perhaps not for the first time. */
    public void accept(UsageCorrected corrected) {
        kafka.send(new ProducerRecord<>(
                        Topic.Name.USAGE_ACCEPTED, corrected.getSourcePartition(), corrected.getAccountId(), corrected))
                .join();
    }

    private static long nextOffset(int partition) {
        return SOURCE_OFFSETS
                .computeIfAbsent(partition, _ -> new AtomicLong(-1))
                .incrementAndGet();
    }

    /** New usage, at the next position of its source partition. */
    public UsageAccepted usage(String account, String meter, String value) {
        var usage = nextUsage(account, meter, value);
        accept(usage);
        return usage;
    }

    /** New usage that occurred at a given time. */
    public UsageAccepted usage(String account, String meter, String value, Instant occurredAt) {
        var usage = nextUsage(account, meter, value);
        usage.setOccurredAt(occurredAt);
        accept(usage);
        return usage;
    }

    /** Usage with a position that has not been sent yet. */
    public UsageAccepted nextUsage(String account, String meter, String value) {
        int partition = partition(account);
        return UsageAccepted.newBuilder()
                .setId(unique("evt"))
                .setSource("/test")
                .setAccountId(account)
                .setMeterId(meter)
                .setValue(value)
                .setOccurredAt(Instant.parse("2026-11-20T10:00:00Z"))
                .setAcceptedAt(Instant.parse("2026-11-20T10:00:01Z"))
                .setDimensions(Map.of())
                .setSourcePartition(partition)
                .setSourceOffset(nextOffset(partition))
                .build();
    }

    /** Puts usage on usage.accepted.v1, perhaps not for the first time. */
    public void accept(UsageAccepted usage) {
        accept(usage, null);
    }

    /** All of it before any is acknowledged. */
    public void accept(List<UsageAccepted> usage) {
        usage.stream()
                .map(one -> kafka.send(new ProducerRecord<String, SpecificRecord>(
                        Topic.Name.USAGE_ACCEPTED, one.getSourcePartition(), one.getAccountId(), one)))
                .toList()
                .forEach(CompletableFuture::join);
    }

    public void accept(UsageAccepted usage, @Nullable String traceparent) {
        var record = new ProducerRecord<String, SpecificRecord>(
                Topic.Name.USAGE_ACCEPTED, usage.getSourcePartition(), usage.getAccountId(), usage);
        if (traceparent != null) {
            record.headers().add("traceparent", traceparent.getBytes(UTF_8));
        }
        kafka.send(record).join();
    }

    public Invoice paidInvoice(String account, String priceId, String amount, String currency) {
        return invoice(account, InvoiceStatus.PAID, null, currency, line(priceId, amount));
    }

    public Invoice invoice(
            @Nullable String account,
            InvoiceStatus status,
            @Nullable String replenishmentId,
            String currency,
            InvoiceLine... lines) {
        var invoice = new Invoice();
        invoice.setInvoiceId(unique("in"));
        invoice.setCustomerId("cus");
        invoice.setAccountId(account);
        invoice.setReplenishmentId(replenishmentId);
        invoice.setStatus(status);
        invoice.setCurrency(currency);
        invoice.setSubtotal("0");
        invoice.setTotal("0");
        invoice.setAmountPaid("0");
        invoice.setAmountRemaining("0");
        invoice.setLines(List.of(lines));
        invoice.setPayments(List.of());
        invoice.setCreatedAt(Instant.now());
        invoice.setSeenAt(Instant.now());
        return invoice;
    }

    public static InvoiceLine line(@Nullable String priceId, String amount) {
        return new InvoiceLine(unique("il"), null, priceId, null, null, amount, amount);
    }

    /** An account, as crm-service tells of it. */
    public void account(String id, String timeZone) {
        var now = Instant.now();
        send(
                Topic.CRM_ACCOUNTS,
                id,
                Account.newBuilder()
                        .setAccountId(id)
                        .setName(id)
                        .setEmail(id + "@example.test")
                        .setCurrency("USD")
                        .setStatus(AccountStatus.ACTIVE)
                        .setCreatedAt(now)
                        .setUpdatedAt(now)
                        .setTimeZone(timeZone)
                        .build());
    }

    public void publish(Invoice invoice) {
        send(Topic.BILLING_INVOICES, invoice.getInvoiceId(), invoice);
    }

    public void publish(ReplenishmentWaiting waiting) {
        send(Topic.BILLING_PAYMENTS, waiting.getReplenishmentId(), waiting);
    }

    public void publish(ReplenishmentFailed failed) {
        send(Topic.BILLING_PAYMENTS, failed.getReplenishmentId(), failed);
    }

    /** A refund of one line of an invoice, as billing last saw it. */
    public PaymentReversal refund(Invoice invoice, String takenBack, ReversalState state, Instant seenAt) {
        var line = invoice.getLines().getFirst();
        var money = new Money(takenBack, invoice.getCurrency());
        var reversal = new PaymentReversal();
        reversal.setReversalId("re_" + invoice.getInvoiceId());
        reversal.setKind(ReversalKind.REFUND);
        reversal.setState(state);
        reversal.setStripeStatus("succeeded");
        reversal.setInvoiceId(invoice.getInvoiceId());
        reversal.setAccountId(invoice.getAccountId());
        reversal.setAmount(money);
        reversal.setTakenBack(money);
        reversal.setLines(List.of(new ReversedLine(line.getLineId(), line.getAmount(), takenBack)));
        reversal.setCreatedAt(seenAt);
        reversal.setSeenAt(seenAt);
        return reversal;
    }

    public void publish(PaymentReversal reversal) {
        send(Topic.BILLING_PAYMENTS, reversal.getReversalId(), reversal);
    }

    public static int partition(String account) {
        return Utils.toPositive(Utils.murmur2(account.getBytes(UTF_8))) % Topic.USAGE_ACCEPTED.partitions();
    }

    private void send(Topic topic, String key, SpecificRecord value) {
        kafka.send(topic.topicName(), key, value).join();
    }
}
