package io.drawdown.sandbox;

import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PaymentMethodAttachParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceCreateParams.Recurring.Interval;
import com.stripe.param.PriceCreateParams.Recurring.UsageType;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.billing.MeterCreateParams;
import com.stripe.param.billing.MeterEventCreateParams;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Stories of subscriptions, on a test clock. */
abstract class Subscribed extends Clocked {

    Price perMonth(long cents) throws StripeException {
        return priced(PriceCreateParams.builder().setUnitAmount(cents), Interval.MONTH);
    }

    /** A price that is paid once. */
    Price once(long cents) throws StripeException {
        return stripe.v1()
                .prices()
                .create(PriceCreateParams.builder()
                        .setProductData(PriceCreateParams.ProductData.builder()
                                .setName("Set-up")
                                .build())
                        .setCurrency("usd")
                        .setUnitAmount(cents)
                        .build());
    }

    Price priced(PriceCreateParams.Builder price, Interval interval) throws StripeException {
        var product = stripe.v1()
                .products()
                .create(ProductCreateParams.builder().setName("Gold").build());
        return stripe.v1()
                .prices()
                .create(price.setProduct(product.getId())
                        .setCurrency("usd")
                        .setRecurring(PriceCreateParams.Recurring.builder()
                                .setInterval(interval)
                                .build())
                        .build());
    }

    /** A price of a meter for events named calls. */
    Price metered(String centsPerUnit) throws StripeException {
        var meter = stripe.v1()
                .billing()
                .meters()
                .create(MeterCreateParams.builder()
                        .setDisplayName("Calls")
                        .setEventName("calls")
                        .setDefaultAggregation(MeterCreateParams.DefaultAggregation.builder()
                                .setFormula(MeterCreateParams.DefaultAggregation.Formula.SUM)
                                .build())
                        .build());
        return metered(meter.getId(), centsPerUnit);
    }

    /** Another price for the usage that a price counts. */
    Price meteredLike(Price price, String centsPerUnit) throws StripeException {
        return metered(price.getRecurring().getMeter(), centsPerUnit);
    }

    private Price metered(String meter, String centsPerUnit) throws StripeException {
        return stripe.v1()
                .prices()
                .create(PriceCreateParams.builder()
                        .setProductData(PriceCreateParams.ProductData.builder()
                                .setName("Calls")
                                .build())
                        .setCurrency("usd")
                        .setUnitAmountDecimal(new BigDecimal(centsPerUnit))
                        .setRecurring(PriceCreateParams.Recurring.builder()
                                .setInterval(Interval.MONTH)
                                .setUsageType(UsageType.METERED)
                                .setMeter(meter)
                                .build())
                        .build());
    }

    void use(Customer customer, String value) throws StripeException {
        stripe.v1()
                .billing()
                .meterEvents()
                .create(MeterEventCreateParams.builder()
                        .setEventName("calls")
                        .putPayload("stripe_customer_id", customer.getId())
                        .putPayload("value", value)
                        .build());
    }

    SubscriptionCreateParams.Builder to(Customer customer, Price... prices) {
        var params = SubscriptionCreateParams.builder().setCustomer(customer.getId());
        for (Price price : prices) {
            params.addItem(SubscriptionCreateParams.Item.builder()
                    .setPrice(price.getId())
                    .build());
        }
        return params;
    }

    /** Makes another card the default of a customer. */
    void payFromNowOnWith(Customer customer, String token) throws StripeException {
        var method = stripe.v1()
                .paymentMethods()
                .attach(
                        token,
                        PaymentMethodAttachParams.builder()
                                .setCustomer(customer.getId())
                                .build());
        stripe.v1()
                .customers()
                .update(
                        customer.getId(),
                        CustomerUpdateParams.builder()
                                .setInvoiceSettings(CustomerUpdateParams.InvoiceSettings.builder()
                                        .setDefaultPaymentMethod(method.getId())
                                        .build())
                                .build());
    }

    Subscription subscribe(SubscriptionCreateParams.Builder params) throws StripeException {
        return stripe.v1().subscriptions().create(params.build());
    }

    Subscription again(Subscription subscription) throws StripeException {
        return stripe.v1().subscriptions().retrieve(subscription.getId());
    }

    Invoice latest(Subscription subscription) throws StripeException {
        return stripe.v1().invoices().retrieve(again(subscription).getLatestInvoice());
    }

    /** Newest first. */
    List<Invoice> invoices(Subscription subscription) throws StripeException {
        return stripe.v1()
                .invoices()
                .list(InvoiceListParams.builder()
                        .setSubscription(subscription.getId())
                        .setLimit(100L)
                        .build())
                .getData();
    }

    static Instant periodEnd(Subscription subscription) {
        return Instant.ofEpochSecond(
                subscription.getItems().getData().getFirst().getCurrentPeriodEnd());
    }
}
