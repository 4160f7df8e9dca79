package io.drawdown.billing.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.billing.MeterCreateParams.DefaultAggregation.Formula;
import com.stripe.param.testhelpers.TestClockAdvanceParams;
import com.stripe.param.testhelpers.TestClockCreateParams;
import io.drawdown.events.billing.Customer;
import io.drawdown.events.catalog.Aggregation;
import io.drawdown.events.crm.AccountStatus;
import io.drawdown.events.wallet.LeftMeasure;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Usage in arrears of a week that Stripe has billed. */
class BilledArrearsIT extends ArrearsPlatform {

    private String meter;
    private String testClock;
    private String stripeCustomer;
    private Instant used;

    @BeforeEach
    void subscribed() {
        meter = meter(Aggregation.SUM, Formula.SUM);
        used = hour.minus(Duration.ofDays(2));
        testClock = startClock(hour.minus(Duration.ofDays(8)));
        stripeCustomer = customerOnClock();
        subscribe();
        publishAccount(account, "Acme", stripeCustomer, AccountStatus.ACTIVE);
        published.await(Customer.class, seen -> account.equals(seen.getAccountId()));
    }

    @Test
    void aCorrectionIsNotLostInAnInvoiceThatIsFinal() {
        advanceTo(hour.minus(Duration.ofHours(25)));
        var usage = use(meter, "5", used);
        leave(1, usage);
        await(() -> only().state() == State.SENT);
        correct(2, usage, new LeftMeasure("5", used), 1, new LeftMeasure("4", used));
        await(() -> last().state() == State.SENT);
        advanceTo(hour);

        correct(3, usage, new LeftMeasure("4", used), 2, null);
        await(() -> last().state() == State.REFUSED);
        assertThat(last().lastError()).contains(finalInvoice()).contains("settle the difference by hand");
        assertThat(last().quantity()).isEqualByComparingTo("-4");
    }

    @Test
    void usageThatComesTooLateForItsInvoiceSaysSo() {
        advanceTo(hour);
        leave(1, use(meter, "5", used), use(meter, "6", hour));
        await(() -> sent().stream().anyMatch(event -> event.state() == State.REFUSED));
        await(() -> sent().stream().anyMatch(event -> event.state() == State.SENT));
        assertThat(sent())
                .filteredOn(event -> event.state() == State.REFUSED)
                .singleElement()
                .satisfies(event -> assertThat(event.occurredAt()).isEqualTo(used));
    }

    private String finalInvoice() {
        return stripe.invoicesOf(stripeCustomer).stream()
                .filter(invoice -> !"draft".equals(invoice.getStatus()))
                .findFirst()
                .orElseThrow()
                .getId();
    }

    private String startClock(Instant at) {
        return stripe.call(client -> client.v1()
                        .testHelpers()
                        .testClocks()
                        .create(TestClockCreateParams.builder()
                                .setFrozenTime(at.getEpochSecond())
                                .build()))
                .getId();
    }

    private void advanceTo(Instant to) {
        stripe.call(client -> client.v1()
                .testHelpers()
                .testClocks()
                .advance(
                        testClock,
                        TestClockAdvanceParams.builder()
                                .setFrozenTime(to.getEpochSecond())
                                .build()));
        await(() -> stripe.call(client -> client.v1().testHelpers().testClocks().retrieve(testClock))
                .getStatus()
                .equals("ready"));
    }

    private String customerOnClock() {
        return stripe.call(client -> client.v1()
                        .customers()
                        .create(CustomerCreateParams.builder()
                                .setTestClock(testClock)
                                .setPaymentMethod("pm_card_visa")
                                .setInvoiceSettings(CustomerCreateParams.InvoiceSettings.builder()
                                        .setDefaultPaymentMethod("pm_card_visa")
                                        .build())
                                .build()))
                .getId();
    }

    private void subscribe() {
        var product = stripe.call(client -> client.v1()
                        .products()
                        .create(ProductCreateParams.builder().setName(meter).build()))
                .getId();
        var price = stripe.call(client -> client.v1()
                        .prices()
                        .create(PriceCreateParams.builder()
                                .setProduct(product)
                                .setCurrency("usd")
                                .setUnitAmount(100L)
                                .setRecurring(PriceCreateParams.Recurring.builder()
                                        .setInterval(PriceCreateParams.Recurring.Interval.WEEK)
                                        .setUsageType(PriceCreateParams.Recurring.UsageType.METERED)
                                        .setMeter(meter)
                                        .build())
                                .build()))
                .getId();
        stripe.call(client -> client.v1()
                .subscriptions()
                .create(SubscriptionCreateParams.builder()
                        .setCustomer(stripeCustomer)
                        .addItem(SubscriptionCreateParams.Item.builder()
                                .setPrice(price)
                                .build())
                        .build()));
    }
}
