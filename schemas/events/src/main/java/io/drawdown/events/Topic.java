package io.drawdown.events;

import io.drawdown.events.billing.Customer;
import io.drawdown.events.billing.Invoice;
import io.drawdown.events.billing.Payment;
import io.drawdown.events.billing.PaymentReversal;
import io.drawdown.events.billing.ReplenishmentFailed;
import io.drawdown.events.billing.ReplenishmentWaiting;
import io.drawdown.events.billing.StripeEvent;
import io.drawdown.events.billing.StripeMeter;
import io.drawdown.events.billing.StripePrice;
import io.drawdown.events.billing.StripeProduct;
import io.drawdown.events.catalog.Meter;
import io.drawdown.events.catalog.Price;
import io.drawdown.events.catalog.Product;
import io.drawdown.events.crm.Account;
import io.drawdown.events.crm.LeadConverted;
import io.drawdown.events.crm.OpportunityStageChanged;
import io.drawdown.events.crm.OpportunityWon;
import io.drawdown.events.usage.UsageAccepted;
import io.drawdown.events.usage.UsageCorrected;
import io.drawdown.events.usage.UsageCorrection;
import io.drawdown.events.usage.UsageEvent;
import io.drawdown.events.usage.UsageRejected;
import io.drawdown.events.usage.UsageTotal;
import io.drawdown.events.wallet.ArrearsAdjusted;
import io.drawdown.events.wallet.CreditClawedBack;
import io.drawdown.events.wallet.CreditGivenBack;
import io.drawdown.events.wallet.CreditGranted;
import io.drawdown.events.wallet.GrantExpired;
import io.drawdown.events.wallet.GrantForfeited;
import io.drawdown.events.wallet.GrantRolledOver;
import io.drawdown.events.wallet.GrantVoided;
import io.drawdown.events.wallet.HoldCaptured;
import io.drawdown.events.wallet.HoldPlaced;
import io.drawdown.events.wallet.HoldReleased;
import io.drawdown.events.wallet.MeterRouted;
import io.drawdown.events.wallet.OverdraftLimitChanged;
import io.drawdown.events.wallet.OverdraftRepaid;
import io.drawdown.events.wallet.ReplenishActionRequired;
import io.drawdown.events.wallet.ReplenishRequested;
import io.drawdown.events.wallet.ReplenishSettled;
import io.drawdown.events.wallet.ReplenishmentDisabled;
import io.drawdown.events.wallet.ReplenishmentHeldBack;
import io.drawdown.events.wallet.ReplenishmentPolicyChanged;
import io.drawdown.events.wallet.SettlementChanged;
import io.drawdown.events.wallet.UsageAdjusted;
import io.drawdown.events.wallet.UsageDrawnDown;
import io.drawdown.events.wallet.UsageLeftToArrears;
import io.drawdown.events.wallet.WalletAdded;
import io.drawdown.events.wallet.WalletOpened;
import io.drawdown.events.wallet.WalletStatusChanged;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/**
 * Every topic that crosses a service border: the only place that knows a topic's name, key, partitions and retention.
 *
 * <p>The number of partitions of the usage and wallet topics must agree, because accepted usage keeps its source's
 * partition and one partition has one writer to a wallet.
 */
@SuppressWarnings("ImmutableEnumChecker") // Error Prone cannot see that List.of and the sealed records are immutable.
public enum Topic {
    USAGE_EVENTS(
            Name.USAGE_EVENTS,
            "account id",
            6,
            Retention.daysByBrokerTime(40),
            UsageEvent.class,
            UsageCorrection.class),
    USAGE_ACCEPTED(Name.USAGE_ACCEPTED, "account id", 6, Retention.days(40), UsageAccepted.class, UsageCorrected.class),
    USAGE_REJECTED(Name.USAGE_REJECTED, "key of the original", 6, Retention.days(90), UsageRejected.class),
    USAGE_TOTALS(Name.USAGE_TOTALS, "account, meter, window, dimensions", 6, Retention.COMPACTED, UsageTotal.class),

    CATALOG_PRODUCTS(Name.CATALOG_PRODUCTS, "product id", 1, Retention.COMPACTED, Product.class),
    CATALOG_PRICES(Name.CATALOG_PRICES, "price id", 1, Retention.COMPACTED, Price.class),
    CATALOG_METERS(Name.CATALOG_METERS, "meter id", 1, Retention.COMPACTED, Meter.class),

    CRM_EVENTS(
            Name.CRM_EVENTS,
            "aggregate id",
            3,
            Retention.FOREVER,
            LeadConverted.class,
            OpportunityStageChanged.class,
            OpportunityWon.class),
    CRM_ACCOUNTS(Name.CRM_ACCOUNTS, "account id", 3, Retention.COMPACTED, Account.class),

    BILLING_CUSTOMERS(Name.BILLING_CUSTOMERS, "Stripe customer id", 3, Retention.COMPACTED, Customer.class),
    BILLING_CATALOG(
            Name.BILLING_CATALOG,
            "Stripe id",
            1,
            Retention.COMPACTED,
            StripeProduct.class,
            StripePrice.class,
            StripeMeter.class),
    BILLING_INVOICES(Name.BILLING_INVOICES, "Stripe invoice id", 3, Retention.COMPACTED, Invoice.class),
    BILLING_PAYMENTS(
            Name.BILLING_PAYMENTS,
            "Stripe id of the payment intent, refund, dispute or credit note, or replenishment id",
            3,
            Retention.COMPACTED,
            Payment.class,
            PaymentReversal.class,
            ReplenishmentWaiting.class,
            ReplenishmentFailed.class),
    STRIPE_EVENTS(Name.STRIPE_EVENTS, "Stripe object id", 3, Retention.FOREVER, StripeEvent.class),

    WALLET_EVENTS(
            Name.WALLET_EVENTS,
            "account id",
            6,
            Retention.FOREVER,
            WalletOpened.class,
            WalletStatusChanged.class,
            WalletAdded.class,
            MeterRouted.class,
            ReplenishmentPolicyChanged.class,
            CreditGranted.class,
            CreditClawedBack.class,
            CreditGivenBack.class,
            GrantExpired.class,
            GrantRolledOver.class,
            GrantVoided.class,
            GrantForfeited.class,
            OverdraftRepaid.class,
            OverdraftLimitChanged.class,
            HoldPlaced.class,
            HoldCaptured.class,
            HoldReleased.class,
            UsageDrawnDown.class,
            SettlementChanged.class,
            UsageLeftToArrears.class,
            ArrearsAdjusted.class,
            UsageAdjusted.class,
            ReplenishRequested.class,
            ReplenishActionRequired.class,
            ReplenishmentHeldBack.class,
            ReplenishmentDisabled.class,
            ReplenishSettled.class);

    /**
     * The property of a consumer that reads {@link #USAGE_ACCEPTED} as it comes. The gate writes it in transactions, which fence a
     * gate that was displaced; who skips the positions that it has handled need not wait for their commits, half a second each.
     * Who does wait sees the same usage, later.
     */
    public static final String READ_AS_IT_COMES = "isolation.level=read_uncommitted";

    private final String topicName;
    private final String key;
    private final int partitions;
    private final Retention retention;
    private final List<Class<? extends SpecificRecord>> records;

    @SafeVarargs
    Topic(
            String topicName,
            String key,
            int partitions,
            Retention retention,
            Class<? extends SpecificRecord>... records) {
        this.topicName = topicName;
        this.key = key;
        this.partitions = partitions;
        this.retention = retention;
        this.records = List.of(records);
    }

    /** The name on the broker, such as {@code usage.events.v1}. */
    public String topicName() {
        return topicName;
    }

    /** What the record key means; keys are UTF-8 strings throughout. */
    public String key() {
        return key;
    }

    public int partitions() {
        return partitions;
    }

    public Retention retention() {
        return retention;
    }

    /** The record types that may stand on this topic. */
    public List<Class<? extends SpecificRecord>> records() {
        return records;
    }

    /** The topic's settings in the broker's terms, as {@code AdminClient} takes them. */
    public Map<String, String> settings() {
        return retention.settings();
    }

    /** The name of the topic where {@code group} parks what it cannot handle. */
    public String deadLetterTopic(String group) {
        return topicName + "." + group + ".dlt";
    }

    /** All names, for a tool that lists or checks topics. */
    public static List<String> names() {
        return Stream.of(values()).map(Topic::topicName).collect(Collectors.toUnmodifiableList());
    }

    /** The names as constants, for annotations. */
    public static final class Name {
        public static final String USAGE_EVENTS = "usage.events.v1";
        public static final String USAGE_ACCEPTED = "usage.accepted.v1";
        public static final String USAGE_REJECTED = "usage.rejected.v1";
        public static final String USAGE_TOTALS = "usage.totals.v1";
        public static final String CATALOG_PRODUCTS = "catalog.products.v1";
        public static final String CATALOG_PRICES = "catalog.prices.v1";
        public static final String CATALOG_METERS = "catalog.meters.v1";
        public static final String CRM_EVENTS = "crm.events.v1";
        public static final String CRM_ACCOUNTS = "crm.accounts.v1";
        public static final String BILLING_CUSTOMERS = "billing.customers.v1";
        public static final String BILLING_CATALOG = "billing.catalog.v1";
        public static final String BILLING_INVOICES = "billing.invoices.v1";
        public static final String BILLING_PAYMENTS = "billing.payments.v1";
        public static final String STRIPE_EVENTS = "stripe.events.v1";
        public static final String WALLET_EVENTS = "wallet.events.v1";

        private Name() {}
    }

    /** How long a topic keeps its records. */
    public sealed interface Retention {

        Retention COMPACTED = new Compacted();
        Retention FOREVER = new Kept(Duration.ofMillis(-1));

        static Retention days(int days) {
            return new Kept(Duration.ofDays(days));
        }

        /** As {@link #days}, and the broker's clock says when a record was stored, whatever its producer says. */
        static Retention daysByBrokerTime(int days) {
            return new KeptByBrokerTime(Duration.ofDays(days));
        }

        Map<String, String> settings();

        /** Keeps the last record of each key. */
        record Compacted() implements Retention {
            @Override
            public Map<String, String> settings() {
                return Map.of("cleanup.policy", "compact");
            }
        }

        /**
         * Keeps every record for a time.
         *
         * @param duration at least this long; minus one millisecond for ever, as Kafka has it
         */
        record Kept(Duration duration) implements Retention {
            @Override
            public Map<String, String> settings() {
                return Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(duration.toMillis()));
            }
        }

        /**
         * Keeps every record for a time, counted from when the broker stored it: for topics that strangers write to, whose
         * clocks must move neither the retention nor the windows of those who read.
         */
        record KeptByBrokerTime(Duration duration) implements Retention {
            @Override
            public Map<String, String> settings() {
                return Map.of(
                        "cleanup.policy",
                        "delete",
                        "retention.ms",
                        Long.toString(duration.toMillis()),
                        "message.timestamp.type",
                        "LogAppendTime");
            }
        }
    }
}
